import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appFolder } from './app-folder.ts';
import { forgetUnused } from './forget-unused.ts';

it('removes siblings that were not used for two hours, and nothing else', async () => {
  await using cache = await appFolder();
  const now = new Date();
  const long = new Date(now.getTime() - 3 * 60 * 60 * 1000);
  const ages: Record<string, Date> = {
    'npm-packed-0123456789ab': long, // the one in use
    'npm-packed-aaaaaaaaaaaa': long,
    'npm-packed-bbbbbbbbbbbb': now,
    'npm-packed-jest-cccccccccccc': long, // of another family
    'part-otelcol-dddddddddddd': long,
  };
  for (const [name, age] of Object.entries(ages)) {
    await mkdir(cache.file(name));
    await utimes(cache.file(name), age, age);
  }
  await forgetUnused(join(cache.path, 'npm-packed-0123456789ab'), now);
  const kept = Object.keys(ages).filter((name) => name !== 'npm-packed-aaaaaaaaaaaa');
  expect((await readdir(cache.path)).sort()).toEqual(kept.sort());
});
