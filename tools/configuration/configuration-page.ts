import type { Setting } from '../../packages/core/src/settings/setting.ts';
import { settingsTable } from '../../packages/core/src/settings/settings-table.ts';
import { unsupportedVariables } from '../../packages/core/src/settings/unsupported-variables.ts';

/** docs/configuration.md: the prose with every group of the settings table in its place. */
export function configurationPage(prose: string): string {
  const tables = settingsTable.map(({ title, rows }) => `### ${title}\n\n${table(rows)}`);
  const unsupported = Object.entries(unsupportedVariables).map(
    ([name, { expected, using }]) => `- \`${name}\`: expected ${expected}. Use ${using}.`,
  );
  return prose
    .replace('{{settings}}', () => tables.join('\n\n'))
    .replace('{{unsupported}}', () => unsupported.join('\n'));
}

function table(rows: readonly Setting<unknown>[]): string {
  const head = ['variable', 'option', 'value', 'default', 'what it does'];
  return [head, head.map(() => '---'), ...rows.map(cells)]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function cells(row: Setting<unknown>): string[] {
  return [
    row.variables.map(code).join(', else '),
    row.options.map(code).join(', else '),
    row.kind.expected,
    byDefault(row),
    row.says,
  ];
}

function byDefault({ byDefault: words, fallback }: Setting<unknown>): string {
  if (words !== undefined) return words.includes('`') || words.includes(' ') ? words : code(words);
  return code(Array.isArray(fallback) ? fallback.join(',') : String(fallback));
}

function code(text: string): string {
  return `\`${text}\``;
}
