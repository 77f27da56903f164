import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** What is wrong with the source maps of an installed package, a sentence each: maps that are missing, and sources that are neither there nor in the map. */
export async function sourceMapProblems(folder: string): Promise<string[]> {
  const problems: string[] = [];
  const files = await readdir(join(folder, 'dist'), { recursive: true });
  for (const name of files.filter((file) => /\.[cm]?js$/.test(file))) {
    const file = join(folder, 'dist', name);
    const map = /^\/\/# sourceMappingURL=(.+)$/m.exec(await readFile(file, 'utf8'))?.[1];
    if (map === undefined) problems.push(`${name} names no source map`);
    else problems.push(...(await mapProblems(join(dirname(file), map), folder)));
  }
  return problems;
}

async function mapProblems(map: string, folder: string): Promise<string[]> {
  if (!existsSync(map)) return [`${map} is not there`];
  const { sources, sourcesContent } = JSON.parse(await readFile(map, 'utf8'));
  return sources.flatMap((source: string, index: number) => {
    const place = resolve(dirname(map), source);
    const inside = place.startsWith(folder) && existsSync(place);
    return inside || sourcesContent?.[index] ? [] : [`${map}: ${source} is nowhere`];
  });
}
