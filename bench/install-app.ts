import { cp, mkdtemp, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedNpmProject } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import type { App } from './apps.ts';
import { installedSize } from './installed-size.ts';
import type { InstalledSubject } from './subject.ts';
import type { Variant } from './variants.ts';

/**
 * Makes a folder with the servers, what the app and the variant need from npm (cached, outside
 * the workspace), and the packages of this checkout as they are built now. Throws with npm's output.
 */
export async function installApp(
  app: App,
  variant: Variant,
  parent: string,
): Promise<InstalledSubject> {
  const project = await cachedNpmProject({
    name: `bench-${variant.name}`,
    dependencies: {
      ...app.dependencies,
      ...variant.dependencies,
      ...(await dependenciesOf(variant.ownPackages)),
    },
    ...(variant.overrides && { overrides: variant.overrides }),
  });
  const folder = await mkdtemp(join(parent, `${app.name}-${variant.name}-`));
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'), 'dir');
  // below the link, so that our packages find the app's copies of their peers as an installed one does
  const place = join(folder, 'app');
  await cp(join(import.meta.dirname, 'servers'), place, { recursive: true });
  for (const name of variant.ownPackages) await copyPackage(name, place);
  const size = await installedSize([join(project, 'node_modules'), join(place, 'node_modules')]);
  return { app, variant, folder: place, size };
}

async function dependenciesOf(packages: readonly string[]): Promise<Record<string, string>> {
  const manifests = await Promise.all(packages.map(manifestOf));
  const all = manifests.flatMap(({ dependencies = {} }) => Object.entries(dependencies));
  return Object.fromEntries(all.filter(([name]) => !name.startsWith('@org/')));
}

async function copyPackage(name: string, place: string): Promise<void> {
  const target = join(place, 'node_modules', (await manifestOf(name)).name);
  for (const part of ['package.json', 'dist']) {
    await cp(join(repository, 'packages', name, part), join(target, part), { recursive: true });
  }
}

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
}

async function manifestOf(name: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(repository, 'packages', name, 'package.json'), 'utf8'));
}
