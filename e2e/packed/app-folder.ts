import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A temporary folder with an app in it. Disposing of it removes it. */
export interface AppFolder extends AsyncDisposable {
  readonly path: string;
  /** The absolute path of a file in it. */
  file(name: string): string;
}

/** A temporary folder with the node_modules of an installed project, and the files of `e2e/fixtures/NAME` if one is named. */
export async function appFolder(project?: string, fixture?: string): Promise<AppFolder> {
  const path = await mkdtemp(join(tmpdir(), 'otel-node-app-'));
  if (fixture) {
    const from = fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url));
    await cp(from, path, { recursive: true });
  }
  if (project) await symlink(join(project, 'node_modules'), join(path, 'node_modules'), 'junction');
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
