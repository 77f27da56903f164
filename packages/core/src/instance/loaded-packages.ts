import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageOf } from './package-copy.ts';

/** Folders of the named packages out of which `require()` has loaded a file. Of what `import` loads there is no list. */
export function loadedPackages(names: ReadonlySet<string>): Map<string, string> {
  const folders = new Map<string, string>();
  for (const file of Object.keys(loadedModules())) {
    const found = packageOf(file);
    if (found && names.has(found.name)) folders.set(found.folder, found.name);
  }
  return folders;
}

/** The file that exports this class, among those that `require()` has loaded. */
export function fileOfClass(of: { readonly name: string }): string | undefined {
  const name = nameOfClass(of);
  for (const [file, loaded] of Object.entries(loadedModules())) {
    const exported = loaded?.exports as Record<string, unknown> | undefined;
    if (!packageOf(file) || typeof exported !== 'object' || exported === null) continue;
    if (Object.hasOwn(exported, name) && exported[name] === of) return file;
  }
  return undefined;
}

/** The name that a class is exported by; bundlers number those that they meet twice. */
export function nameOfClass({ name }: { readonly name: string }): string {
  return name.replace(/\$\d+$/, '');
}

/** One for the process, whoever asks for it. */
function loadedModules(): NodeJS.Dict<NodeJS.Module> {
  return createRequire(join(process.cwd(), 'package.json')).cache;
}
