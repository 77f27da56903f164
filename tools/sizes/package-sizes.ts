import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';

/** A built package. */
export interface PackageSize {
  readonly name: string;
  /** Bytes of the ES modules in `dist`, minified and gzipped. */
  readonly bytes: number;
}

/** The size of every package below the folder, by their built files. Throws when one is not built. */
export async function packageSizes(packages: string): Promise<PackageSize[]> {
  const folders = (await readdir(packages)).sort();
  return Promise.all(folders.map((folder) => sizeOf(join(packages, folder))));
}

async function sizeOf(folder: string): Promise<PackageSize> {
  const { name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const dist = join(folder, 'dist');
  const modules = (await readdir(dist)).filter((file) => file.endsWith('.js')).sort();
  if (modules.length === 0) throw new Error(`${name}: no ES modules in ${dist}`);
  const texts = await Promise.all(modules.map((file) => readFile(join(dist, file), 'utf8')));
  const minified = await Promise.all(texts.map((text) => transform(text, { minify: true })));
  return { name, bytes: gzipSync(minified.map(({ code }) => code).join('\n')).length };
}
