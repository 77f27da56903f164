import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedNpmProject } from '../../tools/cache.ts';
import { mustRun } from '../../tools/must-run.ts';
import { type AppFolder, appFolder } from '../packed/app-folder.ts';
import { unpackBeside } from '../packed/unpack-beside.ts';

/**
 * What `nest new` of a Nest CLI makes, unmodified, in a temporary folder, with what the `npm install`
 * lines of a quick start install beside; our packages, and core which they need, from their archives.
 */
export async function newNestProject(cli: string, installs: string[]): Promise<AppFolder> {
  await using made = await generate(cli);
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(made.file('app/package.json'), 'utf8'),
  );
  const names = installs.flatMap((line) => line.split(' ').slice(2));
  const [ours = [], others = []] = partition(names, (name) => name.startsWith('@org/'));
  const latest = Object.fromEntries(others.map((name) => [name, 'latest']));
  const project = await cachedNpmProject({
    name: `nest-new-${cli}`,
    dependencies: { ...dependencies, ...devDependencies, ...latest },
  });
  const folder = await appFolder();
  await cp(made.file('app'), folder.path, { recursive: true });
  await unpackBeside(folder.path, project, ['@org/otel-core', ...ours]);
  return folder;
}

function partition<T>(items: T[], test: (item: T) => boolean): T[][] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

async function generate(cli: string): Promise<AppFolder> {
  const project = await cachedNpmProject({
    name: 'nest-cli',
    dependencies: { '@nestjs/cli': cli },
  });
  const folder = await appFolder();
  const nest = join(project, 'node_modules/@nestjs/cli/bin/nest.js');
  const flags = ['--skip-install', '--skip-git', '--package-manager=npm'];
  await mustRun('node', [nest, 'new', 'app', ...flags], { cwd: folder.path });
  return folder;
}
