import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repository } from './repository.ts';

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'otel-node-run-'));
  await cp(join(repository, 'tools/run.mjs'), join(checkout, 'tools/run.mjs'));
  await write('package.json', '{"private":true,"type":"module"}');
  await write('package-lock.json', '{"lockfileVersion":3}');
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(checkout, path)), { recursive: true });
  await writeFile(join(checkout, path), text);
}

/** An npm that brings Node 24 and notes that it was called. */
async function fakeNpm(code = 0): Promise<void> {
  await mkdir(join(checkout, 'node_modules/node/bin'), { recursive: true });
  await write(
    'npm.cjs',
    `const fs = require('node:fs');
     fs.appendFileSync(__dirname + '/npm-calls', process.argv.slice(2).join(' ') + '\\n');
     if (${code}) { console.error('npm error network'); process.exit(${code}); }
     const node = __dirname + '/node_modules/node/bin/node';
     if (!fs.existsSync(node)) fs.symlinkSync(${JSON.stringify(process.execPath)}, node);`,
  );
}

function run(...args: string[]) {
  const env = { ...process.env, npm_execpath: join(checkout, 'npm.cjs') };
  const child = spawn(process.execPath, ['tools/run.mjs', ...args], { cwd: checkout, env });
  const result = { child, stdout: '', stderr: '', ended: once(child, 'close') };
  child.stdout.on('data', (chunk) => {
    result.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    result.stderr += chunk;
  });
  return result;
}

async function finished(started: ReturnType<typeof run>) {
  const ended = await started.ended;
  return { ended, stdout: started.stdout, stderr: started.stderr };
}

describe('run.mjs', () => {
  it('installs once, then hands over with arguments, tools first on PATH and the exit code', async () => {
    await fakeNpm();
    await write(
      'tools/test.ts',
      `const words: string[] = process.argv.slice(2);
       console.log(JSON.stringify({ words, first: process.env.PATH?.split(':')[0] }));
       process.exitCode = 7;`,
    );
    for (const words of [['--a', 'b c'], []]) {
      const { ended, stdout } = await finished(run('test', ...words));
      expect(ended).toEqual([7, null]);
      expect(JSON.parse(stdout)).toEqual({ words, first: join(checkout, 'node_modules/.bin') });
    }
    const calls = await readFile(join(checkout, 'npm-calls'), 'utf8');
    expect(calls).toBe('install --no-audit --no-fund --loglevel=error\n');
  });

  it('installs again when the lock file changed', async () => {
    await fakeNpm();
    await write('tools/test.ts', 'export {}');
    await run('test').ended;
    await write('package-lock.json', '{"lockfileVersion":3,"packages":{}}');
    const again = run('test');
    expect(await again.ended).toEqual([0, null]);
    expect(again.stderr).toMatch(/^Installing npm packages…\nInstalling npm packages: \d+ s\n$/);
    const calls = await readFile(join(checkout, 'npm-calls'), 'utf8');
    expect(calls.trimEnd().split('\n')).toHaveLength(2);
  });

  it('says what to do when npm fails', async () => {
    await fakeNpm(1);
    const failed = run('test');
    expect(await failed.ended).toEqual([1, null]);
    expect(failed.stderr).toContain('npm error network');
    expect(failed.stderr).toContain('npm install failed: ');
  });

  it('says what to do when npm did not bring Node', async () => {
    await write('npm.cjs', '');
    const failed = run('test');
    expect(await failed.ended).toEqual([1, null]);
    expect(failed.stderr).toContain('npm config get ignore-scripts');
  });

  it('passes signals on and ends by the signal that ended the command', async () => {
    await fakeNpm();
    await write('tools/test.ts', 'console.log(process.pid); setInterval(() => {}, 1000);');
    const started = run('test');
    await once(started.child.stdout, 'data');
    started.child.kill('SIGTERM');
    expect(await started.ended).toEqual([null, 'SIGTERM']);
    expect(() => process.kill(Number(started.stdout), 0)).toThrow();
  });

  it('lists the commands when it is given none of them', async () => {
    const wrong = run('tset');
    expect(await wrong.ended).toEqual([1, null]);
    expect(wrong.stderr).toBe(
      'usage: node tools/run.mjs <demo|test|full|bench|soak|matrix|release> [arguments]\n',
    );
  });
});
