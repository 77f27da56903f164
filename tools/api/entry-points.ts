import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A door of a published package. */
export interface EntryPoint {
  /** Name of the copy: `core.d.ts`, `core.register.d.ts`. */
  report: string;
  /** The declaration file that its users' compilers read. */
  declarations: string;
}

interface Manifest {
  exports?: Record<string, string | { import?: { types?: string } }>;
}

/** The doors of all packages in a folder, as their package.json says; throws when one is not built. */
export async function entryPoints(packages: string): Promise<EntryPoint[]> {
  const folders = (await readdir(packages, { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  const found = await Promise.all(folders.map(({ name }) => ofPackage(packages, name)));
  return found.flat();
}

async function ofPackage(packages: string, name: string): Promise<EntryPoint[]> {
  const folder = join(packages, name);
  const { exports = {} }: Manifest = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const types = typeof target === 'string' ? undefined : target.import?.types;
    if (!types) return [];
    const declarations = join(folder, types);
    if (!existsSync(declarations)) throw new Error(`${declarations} is missing: run npm run build`);
    return [{ report: `${name}${subpath.slice(1).replaceAll('/', '.')}.d.ts`, declarations }];
  });
}
