import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { productionTree } from './production-tree.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'otel-node-licences-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function install(folder: string, manifest: object): Promise<void> {
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, 'package.json'), JSON.stringify(manifest));
}

async function licences(): Promise<Record<string, string | undefined>> {
  const tree = await productionTree(root, 'packages');
  return Object.fromEntries(
    tree.map(({ name, version, licence }) => [`${name}@${version}`, licence]),
  );
}

describe('productionTree', () => {
  it('follows dependencies and peers, the nested copy first, and no dev dependency', async () => {
    await install('packages/ours', {
      name: 'ours',
      version: '1.0.0',
      license: 'Apache-2.0',
      dependencies: { a: '*' },
      peerDependencies: { b: '*', c: '*' },
      peerDependenciesMeta: { c: { optional: true } },
      devDependencies: { d: '*' },
    });
    await install('node_modules/a', {
      name: 'a',
      version: '1.0.0',
      license: { type: 'MIT' },
      dependencies: { b: '*' },
      optionalDependencies: { 'not-here': '*' },
    });
    await install('node_modules/a/node_modules/b', {
      name: 'b',
      version: '2.0.0',
      licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }],
    });
    await install('node_modules/b', { name: 'b', version: '1.0.0' });
    await install('node_modules/c', { name: 'c', version: '1.0.0', license: 'MIT' });
    await install('node_modules/d', { name: 'd', version: '1.0.0', license: 'GPL-3.0-only' });
    expect(await licences()).toEqual({
      'ours@1.0.0': 'Apache-2.0',
      'a@1.0.0': 'MIT',
      'b@2.0.0': 'MIT OR GPL-2.0',
      'b@1.0.0': undefined,
    });
  });

  it('fails when something is not installed', async () => {
    await install('packages/ours', { name: 'ours', version: '1.0.0', dependencies: { a: '*' } });
    await expect(licences()).rejects.toThrow('ours needs a, which is not installed');
  });
});
