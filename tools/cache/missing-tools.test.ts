import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { debianPart } from '../parts/debian-part.ts';
import { goPart } from './go-part.ts';
import { MissingPart } from './missing-part.ts';
import { optionalPart } from './optional-part.ts';
import { pythonVenv } from './python-venv.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otel-node-path-'));
  vi.stubEnv('ORG_OTEL_CACHE', join(folder, 'cache'));
  vi.stubEnv('PATH', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function fakeCommand(name: string, prints: string, code = 0): Promise<void> {
  return fakeScript(name, `echo '${prints}'\nexit ${code}`);
}

async function fakeScript(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

/** Go as it is, but for what it answers to `go mod download`. */
function fakeDownload(answer: string, code = 0): Promise<void> {
  return fakeScript(
    'go',
    `[ "$1" = env ] && echo go1.26.1 && exit 0\necho '${answer}'\nexit ${code}`,
  );
}

async function message(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MissingPart);
  return (error as MissingPart).message;
}

describe('a machine that lacks something is told what to do in one sentence', () => {
  it('Go', async () => {
    expect(await message(goPart('otelcol-small'))).toMatch(
      /^otelcol-small is built with Go 1\.26 or newer \(found none\): install Go .*\.$/,
    );
    await fakeCommand('go', 'go1.22.1');
    expect(await message(goPart('otelcol-small'))).toContain('(found go1.22.1)');
  });

  it('a Go module that its proxy does not have', async () => {
    await fakeDownload('403 Forbidden', 1);
    expect(await message(goPart('tempo'))).toMatch(
      /^github\.com\/grafana\/tempo@\S+ cannot be had .*: set GOPROXY to one that has it, then run the same again\.\n403 Forbidden/,
    );
  });

  it('Python', async () => {
    const requirements = join(folder, 'requirements.txt');
    await writeFile(requirements, 'fastapi\n');
    expect(await message(pythonVenv(requirements))).toMatch(/^Python is missing: install .*\.$/);
    await fakeCommand('python', '{"executable":"/p","version":[3,8,1],"venv":true}');
    expect(await message(pythonVenv(requirements))).toMatch(/^Python 3\.8\.1 is too old: .*\.$/);
    await fakeCommand('python3', '{"executable":"/p","version":[3,12,0],"venv":false}');
    expect(await message(pythonVenv(requirements))).toMatch(/^Python 3\.12\.0 has no venv module/);
  });

  it('the packages of Debian, without apt-get and without its lists', async () => {
    const says =
      /^redis comes from the packages redis-server, .* of Debian 12, .*\((.*)\): on Debian 12 run apt-get update as root and start again\.$/;
    expect(await message(debianPart('redis'))).toMatch(says);
    expect(says.exec(await message(debianPart('redis')))?.[1]).toContain('ENOENT');
    await fakeCommand('apt-get', 'E: Unable to locate package redis-server', 100);
    expect(says.exec(await message(debianPart('redis')))?.[1]).toBe(
      'E: Unable to locate package redis-server',
    );
  });
});

it('a Go module that only its own hash vouches for must have it', async () => {
  await fakeDownload('{"Dir":"/nowhere","Sum":"h1:other"}');
  await expect(goPart('tempo')).rejects.toThrow(/expected the hash h1:\S+, got h1:other/);
});

describe('optionalPart', () => {
  const missing = () => Promise.reject(new MissingPart('Go is missing.'));

  it('is undefined for what the machine lacks, but throws in CI', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('CI', '');
    expect(await optionalPart(missing())).toBeUndefined();
    expect(stderr).toHaveBeenCalledWith('skipped: Go is missing.\n');
    vi.stubEnv('CI', 'true');
    await expect(optionalPart(missing())).rejects.toThrow('Go is missing.');
    stderr.mockRestore();
  });

  it('hides no other error', async () => {
    await expect(optionalPart(Promise.reject(new Error('build failed')))).rejects.toThrow(
      'build failed',
    );
  });
});
