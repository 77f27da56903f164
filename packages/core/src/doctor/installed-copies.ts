import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageCopy } from '../instance/library-doors.ts';
import { copyIn } from '../instance/package-copy.ts';
import { orElse } from '../lifecycle/harmless.ts';

/** Every copy of the named packages in the node_modules of a folder, nested ones too, and of the folders above it. */
export function installedCopies(names: ReadonlySet<string>, folder: string): PackageCopy[] {
  const seen = new Set<string>();
  const copies: PackageCopy[] = [];
  for (let at = folder; ; at = dirname(at)) {
    visitModules(join(at, 'node_modules'));
    if (dirname(at) === at) return copies;
  }

  function visitModules(modules: string): void {
    if (!isNew(modules)) return;
    for (const { name } of foldersIn(modules)) {
      if (name === '.pnpm') visitStore(join(modules, name));
      else if (name.startsWith('@')) visitScope(modules, name);
      else if (!name.startsWith('.')) visitPackage(modules, name);
    }
  }

  /** pnpm keeps every package beside its dependencies in a node_modules of their own. */
  function visitStore(store: string): void {
    for (const { name } of foldersIn(store)) visitModules(join(store, name, 'node_modules'));
  }

  function visitScope(modules: string, scope: string): void {
    for (const { name } of foldersIn(join(modules, scope)))
      visitPackage(modules, `${scope}/${name}`);
  }

  function visitPackage(modules: string, name: string): void {
    const place = realPath(join(modules, name));
    if (!isNew(place)) return;
    if (names.has(name)) copies.push(copyIn(name, place));
    visitModules(join(place, 'node_modules'));
  }

  function isNew(path: string): boolean {
    const isKnown = seen.has(path);
    seen.add(path);
    return !isKnown;
  }
}

function foldersIn(folder: string): Dirent[] {
  const entries = orElse(
    () => readdirSync(folder, { withFileTypes: true }),
    () => [],
  );
  return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
}

function realPath(path: string): string {
  return orElse(
    () => realpathSync(path),
    () => path,
  );
}
