import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedNpmProject } from '../../tools/cache.ts';
import { mustRun } from '../../tools/must-run.ts';
import { type AppFolder, appFolder } from '../packed/app-folder.ts';
import { installedWith } from '../packed/installed-packages.ts';

/** What `nest new` of a Nest CLI makes, unmodified, with what a quick start installs beside; in a temporary folder. */
export async function newNestProject(cli: string, beside: string[]): Promise<AppFolder> {
  await using made = await generate(cli);
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(made.file('app/package.json'), 'utf8'),
  );
  const added = Object.fromEntries(beside.map((name) => [name, 'latest']));
  const name = `packed-nest-${cli.split('.')[0]}`;
  const project = await installedWith(name, { ...dependencies, ...devDependencies, ...added });
  const folder = await appFolder(project);
  await cp(made.file('app'), folder.path, { recursive: true });
  return folder;
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
