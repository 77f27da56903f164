import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPart } from '../parts/build-part.ts';
import { type PartName, parts } from '../parts/parts.ts';
import type { Progress } from '../progress-step.ts';
import { runCommand } from '../run-command.ts';
import { cacheEntry } from './cache-entry.ts';
import { MissingPart } from './missing-part.ts';

/**
 * The path of a real part's binary, built from its published Go module (minutes when cold) and kept
 * between runs. Needs Go 1.26 or newer on PATH unless it is in the cache, else throws `MissingPart`;
 * throws with Go's output when the build fails.
 */
export async function goPart(name: PartName, progress?: Progress): Promise<string> {
  const folder = await cacheEntry({
    name: `part-${name}`,
    recipe: { part: parts[name], platform: `${process.platform} ${process.arch}` },
    progress,
    async build(out) {
      await requireGo(name);
      const work = join(out, 'work');
      await buildPart(parts[name], { binary: join(out, name), work });
      await rm(work, { recursive: true, force: true });
    },
  });
  return join(folder, name);
}

async function requireGo(part: string): Promise<void> {
  const { code, stdout } = await runCommand('go', ['env', 'GOVERSION']);
  const [major = 0, minor = 0] = (/go(\d+)\.(\d+)/.exec(stdout) ?? []).slice(1).map(Number);
  const found = code === 0 ? `found ${stdout.trim()}` : 'found none';
  if (code === 0 && (major > 1 || minor >= 26)) return;
  throw new MissingPart(
    `${part} is built with Go 1.26 or newer (${found}): install Go from https://go.dev/dl, then run the same again.`,
  );
}
