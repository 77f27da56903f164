import { readFile } from 'node:fs/promises';
import { collectorParts } from './collector-parts.ts';
import { fillTemplate } from './fill-template.ts';
import { grafanaParts } from './grafana-parts.ts';
import type { LogLinkOptions } from './read-arguments.ts';

/** Each file by the template it is made of. */
const FILES = {
  'collector/container-logs.yaml': 'container-logs.yaml.template',
  'grafana/loki.yaml': 'loki.yaml.template',
  'grafana/provisioning/datasources/loki.yaml': 'loki-data-source.yaml.template',
  'grafana/provisioning/datasources/tempo.yaml': 'tempo-data-source.yaml.template',
  'grafana/provisioning/datasources/prometheus.yaml': 'prometheus-data-source.yaml.template',
};

/** The text of each file, by its path below the folder that is written into. */
export async function renderFiles(
  { names, loki, tempo, prometheus }: LogLinkOptions,
  templates: URL,
): Promise<Map<string, string>> {
  const parts = {
    ...grafanaParts(names),
    ...collectorParts(names),
    lokiUrl: dataSourceUrl(loki, 'LOKI_URL'),
    tempoUrl: dataSourceUrl(tempo, 'TEMPO_URL'),
    prometheusUrl: dataSourceUrl(prometheus, 'PROMETHEUS_URL'),
    lokiUrlDefault: loki ?? 'http://loki:3100',
  };
  const files = new Map<string, string>();
  for (const [path, template] of Object.entries(FILES)) {
    files.set(path, fillTemplate(await readFile(new URL(template, templates), 'utf8'), parts));
  }
  return files;
}

function dataSourceUrl(known: string | undefined, variable: string): string {
  if (known === undefined) return `\${${variable}} # Grafana reads it from its environment`;
  return `'${known.replaceAll("'", "''")}'`;
}
