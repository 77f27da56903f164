import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../must-run.ts';
import { type Progress, progressOnStderr, progressStep } from '../progress-step.ts';
import { type CheckoutCopy, copyCheckout } from './copy-checkout.ts';
import { startLocalRegistry } from './local-registry.ts';

/** What a rehearsal has published. Disposing of it removes everything. */
export interface Rehearsal extends AsyncDisposable {
  /** Name to version. */
  readonly published: Record<string, string>;
  /** For a project that installs from there: its `.npmrc`. */
  readonly npmrc: string;
  /** The registry's address. */
  readonly url: string;
}

/**
 * Releases a copy of this checkout to a registry of this machine, by the same scripts as the release
 * workflow: `release:version` with a changeset for every package, `build`, `release:publish`. Nothing
 * leaves the machine, and the checkout stays as it is. Throws with the output of what failed.
 */
export async function rehearseRelease(progress: Progress = progressOnStderr): Promise<Rehearsal> {
  const registry = await startLocalRegistry();
  try {
    await using copy = await copyCheckout();
    const env = registry.publishing;
    await writeChangeset(copy);
    await progressStep('Versioning', progress, () => run(copy, 'release:version'));
    await progressStep('Building', progress, () => run(copy, 'build'));
    await progressStep('Publishing', progress, () => run(copy, 'release:publish', env));
    return {
      published: await versions(copy),
      npmrc: registry.npmrc,
      url: registry.url,
      [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose](),
    };
  } catch (error) {
    await registry[Symbol.asyncDispose]();
    throw error;
  }
}

function run({ path }: CheckoutCopy, script: string, env: Record<string, string> = {}) {
  const quiet = { CI: 'true', FORCE_COLOR: '0' };
  return mustRun('npm', ['run', script], { cwd: path, env: { ...quiet, ...env } });
}

async function writeChangeset(copy: CheckoutCopy): Promise<void> {
  const names = Object.keys(await versions(copy));
  const bumps = names.map((name) => `'${name}': minor\n`).join('');
  const text = `---\n${bumps}---\n\nA rehearsal of the release.\n`;
  await writeFile(join(copy.path, '.changeset/rehearsal.md'), text);
}

async function versions({ path }: CheckoutCopy): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const folder of await readdir(join(path, 'packages'))) {
    const manifest = await readFile(join(path, 'packages', folder, 'package.json'), 'utf8');
    const { name, version } = JSON.parse(manifest);
    found[name] = version;
  }
  return found;
}
