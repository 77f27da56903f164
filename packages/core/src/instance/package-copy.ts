import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { orElse } from '../lifecycle/harmless.ts';
import type { PackageCopy } from './library-doors.ts';

const FOLDER = `${sep}node_modules${sep}`;

/** The package that a file belongs to: its name, and where its name ends in the path. */
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

/** The copy in a folder, with the version that its package.json says. */
export function copyIn(name: string, folder: string): PackageCopy {
  const version = orElse(
    () => String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version),
    () => 'of an unknown version',
  );
  return { name, version, folder };
}
