import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import type { Collector } from '@org/otel-testing';
import { mustRun } from '../../tools/must-run.ts';
import type { AppFolder } from '../packed/app-folder.ts';
import { packedPackages } from '../packed/packed-packages.ts';
import { type App, spawnApp } from '../support/spawn-app.ts';
import { isPortFree } from './is-port-free.ts';
import type { QuickStart } from './quick-start.ts';

/** The port that the READMEs name. */
const port = 3000;

/** Does what a quick start says, in a folder: its files are written, its installs run. */
export async function applyQuickStart(quickStart: QuickStart, folder: AppFolder): Promise<void> {
  for (const [path, text] of Object.entries(quickStart.files))
    await writeFile(folder.file(path), text);
  for (const line of quickStart.installs) await install(line, folder);
}

/** The line as it stands, but our packages, and core which they need, come from their archives: they are not published yet. */
async function install(line: string, folder: AppFolder): Promise<void> {
  const archives = await packedPackages();
  const names = line.split(' ').slice(2);
  const ours = Object.keys(archives).filter(
    (name) => names.includes(name) || name === '@org/otel-core',
  );
  const others = names.filter((name) => !ours.includes(name));
  if (others.some((name) => name.startsWith('@org/'))) throw new Error(`no such package: ${line}`);
  if (!existsSync(folder.file('package.json'))) await writeFile(folder.file('package.json'), '{}');
  const packages = [...others, ...ours.map((name) => archives[name] as string)];
  await mustRun('npm', ['install', ...npmFlags, ...packages], { cwd: folder.path });
}

const npmFlags = [
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--ignore-scripts',
];

/** Starts the app of a quick start and asks for each of its URLs; the texts of the answers. */
export async function startQuickStart(
  quickStart: QuickStart,
  folder: AppFolder,
  collector: Collector,
): Promise<{ app: App; answers: string[] }> {
  if (!(await isPortFree(port)))
    throw new Error(
      `the quick starts listen on port ${port}, which is taken: end what listens there`,
    );
  const command = quickStart.start?.split(' ') ?? [];
  const app = await spawnApp(command, {
    cwd: folder.path,
    ready: { port },
    env: {
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_METRIC_EXPORT_INTERVAL: '500',
    },
  });
  try {
    return { app, answers: await ask(quickStart.urls) };
  } catch (error) {
    await app[Symbol.asyncDispose]();
    throw error;
  }
}

async function ask(urls: string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const url of urls) answers.push(await (await fetch(url)).text());
  return answers;
}
