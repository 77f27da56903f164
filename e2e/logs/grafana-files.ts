import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../../tools/repository.ts';

/** A derived field of the Loki data source. */
export interface DerivedField {
  name: string;
  matcherType?: 'label' | 'regex';
  matcherRegex: string;
  datasourceUid: string;
  url: string;
}

/** The part of a provisioned data source that the tests read. */
export interface DataSource {
  uid: string;
  type: string;
  url: string;
  jsonData: {
    derivedFields?: DerivedField[];
    tracesToLogsV2?: { datasourceUid: string; query: string };
    [setting: string]: unknown;
  };
}

/** A line as Loki answers it: labels and structured metadata in one. */
export interface ShownLine {
  line: string;
  labels: Record<string, string>;
}

/** A data source file, by default of deploy/, with the variables that Grafana replaces when it reads it. */
export async function readDataSource(
  name: string,
  env: Record<string, string> = {},
  folder = join(repository, 'deploy'),
): Promise<DataSource> {
  const file = join(folder, `grafana/provisioning/datasources/${name}.yaml`);
  const { datasources } = parse(await readFile(file, 'utf8'));
  return replaceVariables(datasources[0], env) as DataSource;
}

/** `${NAME}` is a variable of the environment, `$$` a dollar; nothing else of it is touched. */
function replaceVariables(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\$|\$\{(\w+)\}/g, (_found, name) => (name ? (env[name] ?? '') : '$'));
  }
  if (Array.isArray(value)) return value.map((item) => replaceVariables(item, env));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, replaceVariables(item, env)]);
  return Object.fromEntries(entries);
}

/** The links that Grafana shows beside a line: of each derived field that finds something, data source and query. */
export function linksOf(fields: readonly DerivedField[], shown: ShownLine) {
  return fields.flatMap((field) => {
    const value = field.matcherType === 'label' ? labelOf(field, shown) : partOf(field, shown);
    if (!value) return [];
    const query = field.url.replaceAll(`\${__value.raw}`, value);
    return [{ datasourceUid: field.datasourceUid, query }];
  });
}

function labelOf({ matcherRegex }: DerivedField, { labels }: ShownLine): string | undefined {
  const key = Object.keys(labels).find((each) => new RegExp(matcherRegex).test(each));
  return key === undefined ? undefined : labels[key];
}

function partOf({ matcherRegex }: DerivedField, { line }: ShownLine): string | undefined {
  return new RegExp(matcherRegex).exec(line)?.[1];
}
