import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mustRun } from '../must-run.ts';
import { repository } from '../repository.ts';

/** A copy of the checkout as it is now. Disposing of it removes it. */
export interface CheckoutCopy extends AsyncDisposable {
  readonly path: string;
}

/** Copies what git knows or would add into a temporary folder: a repository of its own, with one commit and the same node_modules. */
export async function copyCheckout(): Promise<CheckoutCopy> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'otel-node-release-')));
  for (const file of await sourceFiles()) await copyFile(file, path);
  await linkModules('.', path);
  for (const workspace of await readdir(join(repository, 'packages'))) {
    await linkModules(join('packages', workspace), path);
  }
  await commitAll(path);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function sourceFiles(): Promise<string[]> {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const [all, deleted] = await Promise.all([
    mustRun('git', listing),
    mustRun('git', ['ls-files', '-z', '--deleted']),
  ]);
  const gone = new Set(deleted.split('\0'));
  return [...new Set(all.split('\0'))].filter((file) => file !== '' && !gone.has(file));
}

async function copyFile(file: string, to: string): Promise<void> {
  await mkdir(dirname(join(to, file)), { recursive: true });
  await cp(join(repository, file), join(to, file));
}

/** Links each installed package; the relative links of `@org` are copied, so that they lead to the copy's packages. */
async function linkModules(workspace: string, to: string): Promise<void> {
  const from = join(repository, workspace, 'node_modules');
  const modules = join(to, workspace, 'node_modules');
  const names = await readdir(from).catch(() => []);
  if (names.length > 0) await mkdir(modules, { recursive: true });
  for (const name of names.filter((each) => each !== '.cache')) {
    if (name === '@org') await cp(join(from, name), join(modules, name), keepLinks);
    else await symlink(join(from, name), join(modules, name));
  }
}

const keepLinks = { recursive: true, verbatimSymlinks: true };

async function commitAll(cwd: string): Promise<void> {
  const who = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.invalid'];
  await mustRun('git', ['init', '--quiet', '--initial-branch=main'], { cwd });
  await mustRun('git', ['add', '--all'], { cwd });
  await mustRun('git', [...who, 'commit', '--quiet', '--message=The checkout'], { cwd });
}
