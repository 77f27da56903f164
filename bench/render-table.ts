import type { Table } from './table.ts';

/** Columns of equal width, for the terminal. */
export function renderText(table: Table): string {
  return rowsOf(table, '  ').join('\n');
}

/** The same as Markdown. */
export function renderMarkdown(table: Table): string {
  const [head, ...lines] = rowsOf(table, ' | ').map((line) => `| ${line} |`);
  const rule = `|${table.head.map(() => '---').join('|')}|`;
  return [head, rule, ...lines].join('\n');
}

function rowsOf({ head, lines }: Table, between: string): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  return [head, ...lines].map((line) =>
    line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(between),
  );
}
