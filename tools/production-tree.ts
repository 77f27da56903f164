import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A package that is installed with ours. */
export interface InstalledPackage {
  name: string;
  version: string;
  /** SPDX expression; undefined when its package.json has none. */
  licence: string | undefined;
  /** Its folder, which tells two copies of one version apart. */
  folder: string;
  /** Folders of what it needs. */
  needs: string[];
}

interface Manifest {
  name: string;
  version: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  /** Ours: what is built into dist, and so reaches the user without being installed. */
  builtIn?: string[];
}

/**
 * The published packages of a folder and everything they bring, peers included, as installed in
 * node_modules; sorted by name. Throws when something that is needed is not installed.
 */
export async function productionTree(root: string, packages: string): Promise<InstalledPackage[]> {
  const found = new Map<string, InstalledPackage>();
  const entries = await readdir(join(root, packages), { withFileTypes: true });
  for (const entry of entries.filter((each) => each.isDirectory())) {
    await collect(join(root, packages, entry.name), found);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function collect(folder: string, found: Map<string, InstalledPackage>): Promise<void> {
  if (found.has(folder)) return;
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const { name, version } = manifest;
  const needs: string[] = [];
  found.set(folder, { name, version, licence: licenceOf(manifest), folder, needs });
  for (const { name: wanted, optional } of needsOf(manifest)) {
    const place = await placeOf(wanted, folder);
    if (place) {
      needs.push(place);
      await collect(place, found);
    } else if (!optional) {
      throw new Error(`${name} needs ${wanted}, which is not installed: npm install`);
    }
  }
}

/** Some old packages write an object or a list. */
function licenceOf({ license, licenses }: Manifest): string | undefined {
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ');
}

function needsOf(manifest: Manifest): { name: string; optional: boolean }[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
  const { builtIn = [] } = manifest;
  const isOptionalPeer = (name: string) => manifest.peerDependenciesMeta?.[name]?.optional === true;
  const needed = Object.keys(dependencies).filter((name) => !(name in optionalDependencies));
  // an optional peer is not installed for the user
  const peers = Object.keys(peerDependencies).filter((name) => !isOptionalPeer(name));
  return [
    ...[...needed, ...peers, ...builtIn].map((name) => ({ name, optional: false })),
    ...Object.keys(optionalDependencies).map((name) => ({ name, optional: true })),
  ];
}

/** Where Node finds a package from a folder: the nearest node_modules upwards. */
async function placeOf(name: string, from: string): Promise<string | undefined> {
  const candidate = join(from, 'node_modules', name);
  if (existsSync(join(candidate, 'package.json'))) return realpath(candidate);
  const parent = dirname(from);
  return parent === from ? undefined : placeOf(name, parent);
}
