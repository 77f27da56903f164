import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { orElse } from '../lifecycle/harmless.ts';
import type { PackageCopy } from './library-doors.ts';

const FOLDER = `${sep}node_modules${sep}`;

/** The package that a file belongs to, and its folder. */
export function packageOf(file: string): { name: string; folder: string } | undefined {
  const at = file.lastIndexOf(FOLDER);
  if (at < 0) return undefined;
  const start = at + FOLDER.length;
  let end = file.indexOf(sep, start);
  if (file[start] === '@' && end > 0) end = file.indexOf(sep, end + 1);
  if (end < 0) return undefined;
  const name = file.slice(start, end);
  return { name: sep === '/' ? name : name.replace(sep, '/'), folder: file.slice(0, end) };
}

/** Where the application looks for its packages first. A program in node_modules is a tool, such as a test runner. */
export function programFolder(): string {
  const [, program] = process.argv;
  return program && !program.includes(FOLDER) ? dirname(program) : process.cwd();
}

/** The folder of the copy that a module in this folder gets. */
export function nearestFolder(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(at) === at) return undefined;
  }
}

/** The copy in a folder, with the version that its package.json says. */
export function copyIn(name: string, folder: string): PackageCopy {
  const version = orElse(
    () => String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version),
    () => 'of an unknown version',
  );
  return { name, version, folder };
}
