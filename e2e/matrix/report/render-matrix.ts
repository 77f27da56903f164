import {
  cellName,
  type NodeLine,
  nodeLines,
  type Place,
  places,
  type System,
  systems,
} from '../cells/cell.ts';
import { type Framework, frameworks } from '../frameworks.ts';
import type { MatrixResults } from './matrix-results.ts';

/** The tables as Markdown: one for each way of loading modules. Throws where a cell has no result. */
export function renderMatrix(results: MatrixResults): string {
  const tables = (Object.keys(systems) as System[]).map((system) => table(system, results));
  const footnotes = Object.entries(results.warnings).map(([word, text]) => {
    return `[^${word}]: One warning on stderr, word by word: “${text}”.`;
  });
  return [head(results), ...tables, ...footnotes].join('\n\n');
}

function head({ cells, from, to, nodes, subject }: MatrixResults): string {
  const days = from === to ? from : `${from} to ${to}`;
  const versions = Object.values(nodes).join(', ');
  return `${Object.keys(cells).length} cells, run ${days} on Node ${versions}; packages and test \`${subject}\`.`;
}

function table(system: System, results: MatrixResults): string {
  const titles = ['application', 'Node', ...Object.values(places)];
  const rows = Object.entries(frameworks).flatMap(([name, framework]) =>
    nodeLines.map((node) => row(name, framework, node, system, results)),
  );
  return [`### ${systems[system]}`, '', line(titles), line(titles.map(() => '---')), ...rows].join(
    '\n',
  );
}

function row(
  framework: string,
  { title }: Framework,
  node: NodeLine,
  system: System,
  results: MatrixResults,
): string {
  const cells = (Object.keys(places) as Place[]).map((place) => {
    return mark(cellName({ framework, node, system, place }), results);
  });
  return line([title, node, ...cells]);
}

function mark(name: string, { cells, warnings }: MatrixResults): string {
  const cell = cells[name];
  if (!cell) throw new Error(`the matrix has no result for ${name}`);
  if (cell.warning === undefined) return `✓ \`${cell.run}\``;
  const text = warnings[cell.warning];
  if (!text) throw new Error(`${name}: no text of the warning ${cell.warning}`);
  const beginning = text.split(' ').slice(0, 5).join(' ');
  return `“${beginning} …”[^${cell.warning}] \`${cell.run}\``;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
