import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageSizes } from './package-sizes.ts';

let packages: string;

beforeEach(async () => {
  packages = await mkdtemp(join(tmpdir(), 'otel-node-sizes-'));
  await mkdir(join(packages, 'one', 'dist'), { recursive: true });
  await writeFile(join(packages, 'one', 'package.json'), '{"name":"@org/one"}');
});
afterEach(() => rm(packages, { recursive: true, force: true }));

const built = (file: string, text: string) => writeFile(join(packages, 'one', 'dist', file), text);
const sizeNow = async () => (await packageSizes(packages))[0]?.bytes ?? 0;

it('counts ES modules without comments and spaces, and nothing else of dist', async () => {
  await built('index.js', 'export const one = 1;');
  const small = await sizeNow();
  expect(small).toBeGreaterThan(0);
  await built('index.js', `/* ${'much to say '.repeat(99)} */\n  export   const one = 1;`);
  await built('index.cjs', 'exports.one = 1;'.repeat(99));
  await built('index.d.ts', 'export declare const one = 1;');
  expect(await sizeNow()).toBe(small);
  await built('other.js', 'export const other = "something that was not there before";');
  expect(await sizeNow()).toBeGreaterThan(small);
});

it('says when a package is not built', async () => {
  await expect(packageSizes(packages)).rejects.toThrow('@org/one: no ES modules');
});
