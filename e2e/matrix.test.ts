import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './matrix/bench.ts';
import { allCells } from './matrix/cells/all-cells.ts';
import { cellName, nodeLines, places, systems } from './matrix/cells/cell.ts';
import { diagonal } from './matrix/cells/diagonal.ts';
import { frameworks } from './matrix/frameworks.ts';
import { mountWarning } from './matrix/mount-warning.ts';
import { prepareApp } from './matrix/prepare-app.ts';
import { compatibilityPage } from './matrix/report/compatibility-page.ts';
import { readResults } from './matrix/report/matrix-results.ts';
import { renderMatrix } from './matrix/report/render-matrix.ts';
import { generatedPart } from './matrix/report/replace-generated.ts';
import { runCell } from './matrix/run-cell.ts';
import { testedPackages } from './matrix/tested-packages.ts';

describe('the matrix, one cell for each framework', () => {
  let bench: Bench;
  let archives: Record<string, string>;

  beforeAll(async () => {
    bench = await startBench();
    archives = await testedPackages();
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  it.each(diagonal.map((cell) => [cellName(cell), cell] as const))('%s', async (_name, cell) => {
    const framework = frameworks[cell.framework];
    if (!framework) throw new Error(`no framework is called ${cell.framework}`);
    await using app = await prepareApp(framework, archives);
    const { warning } = await runCell(cell, framework, app, bench);
    expect(warning).toBe(framework.tree === 'no route below mounts' ? mountWarning : undefined);
  });

  it('has every Node, way of loading modules and place of init() in it', () => {
    const of = (key: keyof (typeof diagonal)[number]) => new Set(diagonal.map((cell) => cell[key]));
    expect(of('framework')).toEqual(new Set(Object.keys(frameworks)));
    expect(of('node')).toEqual(new Set(nodeLines));
    expect(of('system')).toEqual(new Set(Object.keys(systems)));
    expect(of('place')).toEqual(new Set(Object.keys(places)));
  });

  it('refuses a tree that is not the expected one', async () => {
    const [cell] = diagonal;
    const framework = frameworks['express-5.3'];
    if (!cell || !framework) throw new Error('the matrix is empty');
    await using app = await prepareApp(framework, archives);
    const wrong = { ...framework, tree: 'routes and controllers' } as const;
    await expect(runCell(cell, wrong, app, bench)).rejects.toThrow('OrdersController.find');
    const silent = { ...framework, tree: 'no route below mounts' } as const;
    await expect(runCell(cell, silent, app, bench)).rejects.toThrow('stderr: expected');
  });

  it('finds no route of a Fastify 4 application that nothing told core of', async () => {
    const framework = frameworks['fastify-4'];
    if (!framework) throw new Error('Fastify 4 is not in the matrix');
    const alone = { ...framework, app: 'fastify' };
    await using app = await prepareApp(alone, archives);
    const late = { framework: 'fastify-4', node: '24', system: 'esm', place: 'after' } as const;
    const run = runCell(late, alone, app, bench);
    await expect(run).rejects.toThrow(/http\.route.*expected "\/api\/:tenant\/orders\/:id"/);
  });
});

describe('docs/compatibility.md', () => {
  it('has a run of every cell, and shows what the last complete run found', async () => {
    const results = await readResults();
    expect(Object.keys(results.cells).sort()).toEqual(allCells.map(cellName).sort());
    const page = await readFile(compatibilityPage, 'utf8');
    expect(words(generatedPart(page))).toEqual(words(renderMatrix(results)));
  });
});

/** Without what the formatter of the repository does to tables. */
function words(markdown: string): string[] {
  return markdown.split(/[\s|]+|-{3,}/).filter(Boolean);
}
