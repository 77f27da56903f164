import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetUnused } from '../e2e/packed/forget-unused.ts';
import { packedPackages } from '../e2e/packed/packed-packages.ts';
import { cachedNpmProject } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import { packageSizes } from '../tools/sizes/package-sizes.ts';
import { type InstalledSize, installedSize } from './installed-size.ts';
import type { Table } from './table.ts';

/** What one of our packages weighs, alone in an empty folder; peers that npm installs by itself are inside. */
export interface OwnSize extends InstalledSize {
  readonly name: string;
  /** Of its ES modules, minified and gzipped. */
  readonly bytes: number;
}

/** Packs every package and installs each from its archive. The packages must be built. */
export async function ownSizes(): Promise<OwnSize[]> {
  const archives = await packedPackages();
  const manifests = await readManifests();
  const sizes: OwnSize[] = [];
  for (const { name, bytes } of await packageSizes(join(repository, 'packages'))) {
    const names = [name, ...ownDependencies(name, manifests)];
    const dependencies = Object.fromEntries(names.map((each) => [each, archives[each] ?? '']));
    const folder = await cachedNpmProject({
      name: `alone-${name.split('/').at(-1)}`,
      dependencies,
    });
    await forgetUnused(folder);
    sizes.push({ name, bytes, ...(await installedSize([join(folder, 'node_modules')])) });
  }
  return sizes;
}

/** The sizes as people read them. */
export function ownSizesTable(sizes: readonly OwnSize[]): Table {
  const lines = sizes.map(({ name, bytes, megabytes, packages }) => [
    name,
    (bytes / 1000).toFixed(1),
    megabytes.toFixed(1),
    `${packages}`,
  ]);
  return { head: ['package', 'dist kB, minified and gzipped', 'installed MB', 'packages'], lines };
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

async function readManifests(): Promise<Map<string, Manifest>> {
  const folders = await readdir(join(repository, 'packages'));
  const files = folders.map((name) => join(repository, 'packages', name, 'package.json'));
  const manifests: Manifest[] = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))),
  );
  return new Map(manifests.map((manifest) => [manifest.name, manifest]));
}

/** Those of ours that it stands on: they come from archives too. */
function ownDependencies(name: string, manifests: ReadonlyMap<string, Manifest>): string[] {
  const { dependencies, peerDependencies } = manifests.get(name) ?? {};
  const own = Object.keys({ ...dependencies, ...peerDependencies }).filter((each) =>
    manifests.has(each),
  );
  return own.flatMap((each) => [each, ...ownDependencies(each, manifests)]);
}
