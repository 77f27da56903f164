import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { doorSentence, missingDoor } from './library-doors.ts';
import { packageOf } from './package-copy.ts';
import { watchLoaded } from './watch-loaded.ts';

describe('watchLoaded()', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('warns about a library once, and not after it was ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'watch-loaded-'));
    await library(folder, 'ioredis', '5.8.2');
    await library(folder, 'fastify', '3.0.0');
    await library(folder, 'mysql2', '3.24.6');
    const lines: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    vi.useFakeTimers();
    const load = createRequire(join(folder, 'app.js'));
    load('ioredis');
    load('mysql2');
    const stop = watchLoaded(false);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(lines).toEqual([expect.stringContaining('[otel] ioredis 5.8.2 (')]);
    vi.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(1);
    stop();
    const ended = watchLoaded(false);
    load('fastify');
    ended();
    vi.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(1);
    await rm(folder, { recursive: true, force: true });
  });
});

async function library(folder: string, name: string, version: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), JSON.stringify({ name, version }));
  await writeFile(join(place, 'index.js'), '');
}

describe('missingDoor()', () => {
  const copy = (name: string, version: string) => ({ name, version, folder: `/x/${name}` });

  it.each([
    ['router', '2.2.9', true],
    ['router', '2.3.0', false],
    ['router', '10.0.0', false],
    ['redis', '5.12.0-beta.1', false],
    ['redis', '4.13.9', true],
    ['express', '4.22.1', true],
    ['left-pad', '0.0.1', false],
  ])('%s %s: %s', (name, version, isMissing) => {
    expect(missingDoor(copy(name, version)) !== undefined).toBe(isMissing);
  });

  it('has a sentence that names version, place and remedy', () => {
    const old = copy('fastify', '3.29.5');
    const door = missingDoor(old);
    expect(door && doorSentence(door, old)).toBe(
      'fastify 3.29.5 (/x/fastify) opens no door to be observed through: http.route and errors are left out of its server spans; fastify 4.10.0 and later have one',
    );
  });
});

describe('packageOf()', () => {
  it.each([
    ['/a/node_modules/b/index.js', 'b', '/a/node_modules/b'],
    ['/a/node_modules/@b/c/x/y.js', '@b/c', '/a/node_modules/@b/c'],
    ['/a/node_modules/b/node_modules/c/d.js', 'c', '/a/node_modules/b/node_modules/c'],
  ])('%s', (file, name, folder) => {
    expect(packageOf(file)).toEqual({ name, folder });
  });

  it.each(['/a/b/c.js', '/a/node_modules/b'])('%s belongs to none', (file) => {
    expect(packageOf(file)).toBeUndefined();
  });
});
