import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../tools/must-run.ts';
import { packedPackages } from './packed-packages.ts';

/**
 * Gives an app the node_modules of an installed project with packages of ours beside: as npm would
 * place them, but in no time. For projects so large that npm takes a minute at every change of ours.
 */
export async function unpackBeside(
  app: string,
  project: string,
  ours: string[],
  archives?: Record<string, string>,
): Promise<void> {
  const [modules, installed] = [join(app, 'node_modules'), join(project, 'node_modules')];
  await mkdir(modules);
  for (const name of await readdir(installed)) {
    await symlink(join(installed, name), join(modules, name), 'junction');
  }
  const packed = archives ?? (await packedPackages());
  for (const name of ours) {
    const archive = packed[name]?.slice('file:'.length);
    if (!archive) throw new Error(`${name} is no package of this repository`);
    const folder = join(modules, name);
    await mkdir(folder, { recursive: true });
    await mustRun('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  }
}
