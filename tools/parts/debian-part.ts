import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheEntry } from '../cache/cache-entry.ts';
import { MissingPart } from '../cache/missing-part.ts';
import { mustRun } from '../must-run.ts';
import type { Progress } from '../progress-step.ts';
import { runCommand } from '../run-command.ts';

/** Packages of Debian or Ubuntu that make a part; nothing is installed, so their own dependencies are named too. */
const packages = {
  redis: ['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2'],
  // without its JIT, whose library is five times as large as the rest
  postgresql: ['postgresql-15', 'libpq5'],
} as const;

/**
 * The folder that a part's packages are unpacked in, as if it were `/`, kept between runs. Needs
 * apt-get and its lists, but no root. Throws `MissingPart` where the packages cannot be had.
 */
export async function debianPart(
  name: keyof typeof packages,
  progress?: Progress,
): Promise<string> {
  const wanted = packages[name];
  const folder = await cacheEntry({
    name: `debian-${name}`,
    recipe: { packages: wanted, platform: `${process.platform} ${process.arch}` },
    progress,
    build: (out) => unpack(name, wanted, out),
  });
  return join(folder, 'root');
}

async function unpack(name: string, wanted: readonly string[], folder: string): Promise<void> {
  const { code, output } = await runCommand('apt-get', ['download', ...wanted], { cwd: folder });
  if (code !== 0)
    throw new MissingPart(
      `${name} comes from the Debian packages ${wanted.join(', ')}, which apt-get cannot download here: ${output.trim().split('\n').at(-1)}`,
    );
  for (const file of await readdir(folder))
    if (file.endsWith('.deb')) await mustRun('dpkg-deb', ['-x', file, 'root'], { cwd: folder });
}
