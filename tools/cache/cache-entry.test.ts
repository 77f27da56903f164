import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheEntry } from './cache-entry.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'otel-node-cache-'));
  vi.stubEnv('ORG_OTEL_CACHE', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

const progress = () => {};

describe('cacheEntry', () => {
  it('builds once for one recipe and anew for another', async () => {
    const build = vi.fn(async (folder: string) => writeFile(join(folder, 'made'), 'yes'));
    const first = await cacheEntry({ name: 'thing', recipe: { version: 1 }, build, progress });
    const again = await cacheEntry({ name: 'thing', recipe: { version: 1 }, build, progress });
    const other = await cacheEntry({ name: 'thing', recipe: { version: 2 }, build, progress });
    expect(build).toHaveBeenCalledTimes(2);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(await readFile(join(first, 'made'), 'utf8')).toBe('yes');
  });

  it('builds once for callers at the same time', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const build = vi.fn(async () => {
      started.resolve();
      await finish.promise;
    });
    const waited = Promise.withResolvers<string>();
    const entry = { name: 'thing', recipe: 1, build };
    const first = cacheEntry({ ...entry, progress });
    await started.promise;
    const second = cacheEntry({ ...entry, progress: waited.resolve });
    expect(await waited.promise).toBe('Waiting for another process that prepares thing');
    finish.resolve();
    expect(await second).toBe(await first);
    expect(build).toHaveBeenCalledTimes(1);
  });

  it('keeps nothing of a build that threw', async () => {
    const entry = { name: 'thing', recipe: 1, progress };
    let folder = '';
    const failing = async (place: string) => {
      folder = place;
      await writeFile(join(place, 'half'), '');
      throw new Error('no network');
    };
    await expect(cacheEntry({ ...entry, build: failing })).rejects.toThrow('no network');
    await cacheEntry({ ...entry, build: async () => {} });
    expect(existsSync(join(folder, 'half'))).toBe(false);
  });

  it('builds anew after a process that was killed in the middle', async () => {
    const file = new URL('cache-entry.ts', import.meta.url).href;
    const dying = `
      import { writeFileSync } from 'node:fs';
      import { cacheEntry } from ${JSON.stringify(file)};
      await cacheEntry({ name: 'thing', recipe: 1, build: async (folder) => {
        writeFileSync(folder + '/half', '');
        process.kill(process.pid, 'SIGKILL');
      } });`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', dying]);
    await expect(run).rejects.toMatchObject({ signal: 'SIGKILL' });
    const folder = await cacheEntry({ name: 'thing', recipe: 1, build: async () => {}, progress });
    expect(existsSync(join(folder, 'half'))).toBe(false);
    expect(existsSync(join(folder, '.complete'))).toBe(true);
  });
});
