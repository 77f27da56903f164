import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustRun } from '../must-run.ts';
import type { Progress } from '../progress-step.ts';
import { cacheEntry } from './cache-entry.ts';

/** An npm project outside the checkout. */
export interface NpmProject {
  /** Readable name of its folder. */
  name: string;
  /** Exact versions; `file:/absolute/path.tgz` is keyed by the file's content. */
  dependencies: Record<string, string>;
  /** As in package.json. */
  overrides?: Record<string, unknown>;
  /** Packages whose install scripts run; without it no install script runs. */
  allowScripts?: Record<string, boolean>;
  /** Further files, path to text. */
  files?: Record<string, string>;
  /** Told what is being installed when that takes more than a second. Default: stderr. */
  progress?: Progress;
}

/**
 * The folder of an npm project with its node_modules installed, kept between runs. Take no notes in
 * it: others share it. Throws with npm's output.
 */
export async function cachedNpmProject(project: NpmProject): Promise<string> {
  const { name, dependencies, overrides, allowScripts, files = {}, progress } = project;
  const manifest = { name, private: true, type: 'module', dependencies, overrides, allowScripts };
  const archives = await archiveHashes(Object.values(dependencies));
  return cacheEntry({
    name: `npm-${name.replaceAll(/[^\w.-]+/g, '-')}`,
    recipe: { manifest, files, archives, platform: `${process.platform} ${process.arch}` },
    progress,
    async build(folder) {
      await writeFiles(folder, {
        'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
        ...files,
      });
      await mustRun('npm', installArguments(allowScripts !== undefined), { cwd: folder });
    },
  });
}

function installArguments(scripts: boolean): string[] {
  const quiet = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  return scripts ? quiet : [...quiet, '--ignore-scripts'];
}

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function archiveHashes(versions: string[]): Promise<string[]> {
  const archives = versions
    .filter((version) => version.startsWith('file:'))
    .map((version) => version.slice('file:'.length))
    .filter((path) => existsSync(path) && statSync(path).isFile());
  return Promise.all(archives.map(contentHash));
}

async function contentHash(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
