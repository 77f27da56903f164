import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type AppFolder, appFolder } from '../packed/app-folder.ts';
import { unpackBeside } from '../packed/unpack-beside.ts';
import type { Place, System } from './cells/cell.ts';
import { externalInBundles } from './external-in-bundles.ts';
import { type Framework, installLibraries } from './frameworks.ts';

/** What Node is started with. */
export interface Start {
  readonly cwd: string;
  readonly file: string;
  readonly nodeArgs: readonly string[];
}

/** A framework's application, made ready for each way of loading and starting it when that is asked for. Disposing of it removes all. */
export interface PreparedApp extends AsyncDisposable {
  start(system: System, place: Place): Promise<Start>;
}

const fixture = fileURLToPath(new URL('../fixtures/matrix', import.meta.url));

/** A folder with the framework and our packages in its node_modules, as npm would place them. */
export async function prepareApp(
  framework: Framework,
  archives: Record<string, string>,
): Promise<PreparedApp> {
  const folder = await appFolder();
  const ours = Object.keys(archives);
  await unpackBeside(folder.path, await installLibraries(framework), ours, archives);
  const ready = new Map<string, Promise<Start>>();
  return {
    start(system, place) {
      const key = `${system}-${place}`;
      const start = ready.get(key) ?? makeStart(folder, key, framework, system, place);
      ready.set(key, start);
      return start;
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function makeStart(
  folder: AppFolder,
  name: string,
  { app }: Framework,
  system: System,
  place: Place,
): Promise<Start> {
  const cwd = folder.file(name);
  await cp(fixture, cwd, { recursive: true });
  const server = typeof app === 'string' ? app : app(place);
  await writeFile(join(cwd, 'app/server.ts'), `export { listen } from './${server}.js';\n`);
  const type = system === 'cjs' || system === 'tsx-cjs' ? 'commonjs' : 'module';
  await writeFile(join(cwd, 'package.json'), JSON.stringify({ type }));
  const file = join(cwd, await compile(cwd, system, place));
  const register = place === 'register' ? ['--import', '@org/otel-core/register'] : [];
  const tsx = system.startsWith('tsx') ? ['--import', 'tsx'] : [];
  return { cwd, file, nodeArgs: [...register, ...tsx] };
}

/** Returns the file to start. */
async function compile(cwd: string, system: System, place: Place): Promise<string> {
  const start = `starts/${place}`;
  if (system === 'bundle') return bundle(cwd, start);
  if (system === 'cjs' || system === 'esm') await compileEachFile(cwd, system);
  return system.startsWith('tsx') ? `${start}.ts` : `${start}.js`;
}

async function bundle(cwd: string, start: string): Promise<string> {
  await build({
    entryPoints: [join(cwd, `${start}.ts`)],
    outfile: join(cwd, 'bundle.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    external: externalInBundles,
    logLevel: 'silent',
  });
  return 'bundle.cjs';
}

async function compileEachFile(cwd: string, format: 'cjs' | 'esm'): Promise<void> {
  const files = await readdir(cwd, { recursive: true });
  const entryPoints = files.filter((file) => file.endsWith('.ts')).map((file) => join(cwd, file));
  await build({
    entryPoints,
    outdir: cwd,
    outbase: cwd,
    format,
    platform: 'node',
    target: 'node22',
  });
}
