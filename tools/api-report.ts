// Compares what the packages export (dist/*.d.ts) with the committed copies in api/, so that a change
// of the public API is seen in review. `npm run api` (--write) updates the copies.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiReport } from './api/api-report.ts';
import { entryPoints } from './api/entry-points.ts';
import { buildPackages } from './build-packages.ts';
import { repository } from './repository.ts';
import { runCommand } from './run-command.ts';

const committed = join(repository, 'api');

await buildPackages();
const reports = await makeReports();
if (process.argv.includes('--write')) await replaceCommitted();
else await compare();

async function makeReports(): Promise<Map<string, string>> {
  const entries = await entryPoints(join(repository, 'packages'));
  return new Map(entries.map(({ report, declarations }) => [report, apiReport(declarations)]));
}

async function replaceCommitted(): Promise<void> {
  await mkdir(committed, { recursive: true });
  for (const file of await committedReports()) await rm(join(committed, file));
  await writeReports(committed);
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-api-'));
  try {
    await writeReports(folder);
    const drifted = await driftedReports();
    for (const file of drifted) process.stdout.write(await diff(file, folder));
    if (drifted.length === 0) return;
    process.stdout.write('\nThe public API changed: if that is meant, run `npm run api`.\n');
    process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function driftedReports(): Promise<string[]> {
  const files = [...new Set([...reports.keys(), ...(await committedReports())])].sort();
  const texts = await Promise.all(files.map((file) => textOf(join(committed, file))));
  return files.filter((file, index) => texts[index] !== reports.get(file));
}

async function diff(file: string, folder: string): Promise<string> {
  if (!existsSync(join(committed, file))) return `api/${file} is missing\n`;
  if (!reports.has(file)) return `api/${file} describes a door that no package has\n`;
  const sides = [join('api', file), join(folder, file)];
  const { output } = await runCommand('git', ['diff', '--no-index', '--no-color', ...sides]);
  return output.replaceAll(folder, '/dist');
}

async function committedReports(): Promise<string[]> {
  if (!existsSync(committed)) return [];
  return (await readdir(committed)).filter((file) => file.endsWith('.d.ts'));
}

async function textOf(path: string): Promise<string | undefined> {
  return existsSync(path) ? readFile(path, 'utf8') : undefined;
}

async function writeReports(folder: string): Promise<void> {
  for (const [file, text] of reports) await writeFile(join(folder, file), text);
}
