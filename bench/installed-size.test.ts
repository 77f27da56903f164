import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { installedSize } from './installed-size.ts';

it('counts the bytes of all files and only the manifests of packages', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-size-'));
  try {
    const modules = join(folder, 'node_modules');
    const files = [
      'a/package.json',
      'a/dist/esm/package.json', // says the module format only
      'a/node_modules/b/package.json',
      '@org/c/package.json',
      '@org/c/index.js',
    ];
    for (const file of files) {
      await mkdir(dirname(join(modules, file)), { recursive: true });
      await writeFile(join(modules, file), Buffer.alloc(200_000));
    }
    expect(await installedSize([modules])).toEqual({ packages: 3, megabytes: 1 });
    expect(await installedSize([join(folder, 'absent')])).toEqual({ packages: 0, megabytes: 0 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
