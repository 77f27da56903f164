import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnosis } from '../../packages/core/src/doctor/diagnosis.ts';
import { repository } from '../../tools/repository.ts';
import { spawnApp } from '../support/spawn-app.ts';

/** What the doctor said, and how it ended. */
export interface Consultation {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const bin = join(repository, 'packages/core/bin/otel-doctor.mjs');

/** Runs the command in a folder, by default one with nothing but a package.json. */
export async function consult(
  env: Record<string, string>,
  args: readonly string[] = [],
  cwd?: string,
  node = process.execPath,
): Promise<Consultation> {
  await using folder = await folderWith({ 'package.json': '{"name":"patient"}' });
  const where = cwd ?? folder.path;
  await using app = await spawnApp(bin, { args, env, cwd: where, node, ready: false });
  const { code } = await app.exited;
  return { code, stdout: app.stdout, stderr: app.stderr };
}

/** The same as JSON. */
export async function diagnosisOf(
  env: Record<string, string>,
  args: readonly string[] = [],
  cwd?: string,
  node?: string,
): Promise<Diagnosis & { exitCode: number }> {
  const { stdout, stderr, code } = await consult(env, [...args, '--json'], cwd, node);
  try {
    const diagnosis = JSON.parse(stdout);
    if (diagnosis.exitCode !== code) throw new Error(`it ended with ${code}`);
    return diagnosis;
  } catch (error) {
    throw new Error(`${String(error)}; it wrote:\n${stdout}\n${stderr}`);
  }
}

/** A temporary folder with files in it. Disposing of it removes it. */
export async function folderWith(
  files: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'otel-doctor-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
