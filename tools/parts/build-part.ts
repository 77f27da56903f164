import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingPart } from '../cache/missing-part.ts';
import { mustRun } from '../must-run.ts';
import { runCommand } from '../run-command.ts';
import type { Part } from './parts.ts';

/** Where a part is built. */
export interface PartPlace {
  /** The binary to write. */
  binary: string;
  /** A folder for what is needed on the way. */
  work: string;
}

/** Builds a part's binary from its Go module; throws with Go's output. */
export async function buildPart(part: Part, place: PartPlace): Promise<void> {
  await mkdir(place.work, { recursive: true });
  switch (part.kind) {
    case 'collector':
      return buildCollector(part, place);
    case 'in-module':
      return buildInModule(part, place);
    case 'required':
      return buildRequired(part, place);
    case 'install':
      return install(part.package, place);
  }
}

const env = { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-buildvcs=false' };

async function compile(cwd: string, target: string, binary: string, flags: string[] = []) {
  const lean = ['build', '-p=2', '-trimpath', '-ldflags=-s -w'];
  await mustRun('go', [...lean, ...flags, '-o', binary, target], { cwd, env });
}

async function install(target: string, { binary, work }: PartPlace): Promise<void> {
  const bin = join(work, 'bin');
  await mustRun('go', ['install', target], { cwd: work, env: { ...env, GOBIN: bin } });
  const name = target.split('@')[0]?.split('/').at(-1) ?? '';
  await rename(join(bin, name), binary);
}

async function buildCollector(part: Part & { kind: 'collector' }, { binary, work }: PartPlace) {
  const builder = join(work, 'builder');
  await install(part.builder, { binary: builder, work });
  const sources = join(work, 'sources');
  const dist = { ...(part.manifest as { dist: object }).dist, output_path: sources };
  const manifest = join(work, 'manifest.yaml'); // JSON is YAML
  await writeFile(manifest, JSON.stringify({ ...part.manifest, dist }));
  const flags = ['--config', manifest, '--skip-strict-versioning', '--skip-compilation'];
  const { code, output } = await runCommand(builder, flags, { cwd: work, env });
  // its last step downloads what other platforms need too, which some proxies lack; go.sum is enough to compile
  if (code !== 0 && !existsSync(join(sources, 'go.sum'))) throw new Error(output);
  await compile(sources, '.', binary);
}

async function buildRequired(part: Part & { kind: 'required' }, { binary, work }: PartPlace) {
  const folder = await moduleFolder(part.module);
  const original = await readFile(join(folder, 'go.mod'), 'utf8');
  await writeFile(join(work, 'go.mod'), requiringModule(original, part));
  await writeFile(join(work, 'go.sum'), await readFile(join(folder, 'go.sum')));
  const resolve = { cwd: work, env: { ...env, GOFLAGS: '-buildvcs=false -mod=mod' } };
  await mustRun('go', ['list', '-deps', part.package], resolve);
  await compile(work, part.package, binary);
}

/** The part's own go.mod (for its other replace directives), renamed, and requiring the published part. */
function requiringModule(goMod: string, part: Part & { kind: 'required' }): string {
  const [path, version] = part.module.split('@');
  const lines = goMod
    .split('\n')
    .filter((line) => !line.startsWith('module ') && !line.includes(`${part.dropReplace} =>`));
  return `module local/part\n${lines.join('\n')}\nrequire ${path} ${version}\n\ntool ${part.package}\n`;
}

async function buildInModule(part: Part & { kind: 'in-module' }, { binary }: PartPlace) {
  const folder = part.sum
    ? await unlistedModule(part.module, part.sum)
    : await moduleFolder(part.module);
  await compile(folder, part.package, binary, part.flags);
}

async function moduleFolder(module: string): Promise<string> {
  const json = await mustRun('go', ['mod', 'download', '-json', module], { env });
  return (JSON.parse(json) as { Dir: string }).Dir;
}

/** A module that only its own hash vouches for. */
async function unlistedModule(module: string, sum: string): Promise<string> {
  const [path = module] = module.split('@');
  const unlisted = { env: { ...env, GONOSUMDB: path } };
  const { code, stdout, output } = await runCommand(
    'go',
    ['mod', 'download', '-json', module],
    unlisted,
  );
  if (code !== 0) {
    throw new MissingPart(
      `${module} cannot be had from this machine's Go proxy: set GOPROXY to one that has it, then run the same again.\n${output}`,
    );
  }
  const found = JSON.parse(stdout) as { Dir: string; Sum: string };
  if (found.Sum !== sum) throw new Error(`${module}: expected the hash ${sum}, got ${found.Sum}`);
  return found.Dir;
}
