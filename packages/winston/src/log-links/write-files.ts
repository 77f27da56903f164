import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes the files below a folder and says so, a line each. Throws before it writes anything if one is there that says
 * something else, unless forced.
 */
export async function writeFiles(
  files: ReadonlyMap<string, string>,
  folder: string,
  force: boolean,
): Promise<string> {
  const found = new Map<string, string | undefined>();
  for (const path of files.keys()) found.set(path, await textOf(join(folder, path)));
  const others = [...files].filter(([path, text]) => (found.get(path) ?? text) !== text);
  if (others.length > 0 && !force) {
    const list = others.map(([path]) => join(folder, path)).join(', ');
    throw new Error(`${list}: there already, and different; --force overwrites it`);
  }
  const said: string[] = [];
  for (const [path, text] of files) {
    const file = join(folder, path);
    const isThere = found.get(path) === text;
    if (!isThere) await put(file, text);
    said.push(`${isThere ? 'unchanged' : 'written  '}  ${file}\n`);
  }
  return said.join('');
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw reason;
  }
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
