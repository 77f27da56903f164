import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './free-port.ts';
import { spawnApp } from './spawn-app.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spawn-app-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function script(text: string): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.mjs`);
  await writeFile(file, text);
  return file;
}

const server = `
  import { createServer } from 'node:http';
  const server = createServer((request, response) => response.end('ok')).listen(0, () => {
    console.log('listening on http://127.0.0.1:' + server.address().port);
  });`;

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('spawnApp', () => {
  it('reads the port from what the app says', async () => {
    await using app = await spawnApp(await script(server));
    const response = await fetch(`http://127.0.0.1:${app.port}`);
    expect(await response.text()).toBe('ok');
  });

  it('waits for a port', async () => {
    const port = await freePort();
    const file = await script(`
      import { createServer } from 'node:http';
      createServer((request, response) => response.end('ok')).listen(${port}, '127.0.0.1');`);
    await using app = await spawnApp(file, { ready: { port } });
    expect(app.port).toBe(port);
    expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200);
  });

  it('tells how the app ended', async () => {
    const bySignal = await spawnApp(await script(server));
    expect(await bySignal.stop('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });
    const byCode = await spawnApp(await script('process.exit(3)'), { ready: false });
    expect(await byCode.exited).toEqual({ code: 3, signal: null });
  });

  it('fails with the output when the app ends before it is ready', async () => {
    const file = await script('console.error("no such database"); process.exit(1)');
    await expect(spawnApp(file)).rejects.toThrow(/ended without .*code 1.*no such database/s);
  });

  it('fails when the time is over, and leaves nothing', async () => {
    const file = await script('console.log(process.pid); setInterval(() => {}, 1000)');
    const error = await spawnApp(file, { timeout: 1500 }).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    const pid = Number(/\n(\d+)\n/.exec((error as Error).message)?.[1]);
    expect(pid).toBeGreaterThan(1);
    expect(await isAlive(pid)).toBe(false);
  });

  it('fails when the app does not end on its signal', async () => {
    const file = await script(
      'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)',
    );
    const app = await spawnApp(file, { ready: /ready/ });
    await expect(app.stop('SIGTERM', 300)).rejects.toThrow('still ran 300 ms after SIGTERM');
    expect(await isAlive(app.pid)).toBe(false);
  });

  it('rejects a command that does not exist', async () => {
    await expect(spawnApp(['no-such-command-here'])).rejects.toThrow('ENOENT');
  });

  it('gives a clean environment, with what is asked for', async () => {
    process.env['OTEL_SERVICE_NAME'] = 'the test runner';
    const file = await script('console.log("env " + JSON.stringify(process.env))');
    const app = await spawnApp(file, { ready: false, env: { MINE: 'yes', HOME: undefined } });
    await app.exited;
    delete process.env['OTEL_SERVICE_NAME'];
    const env = JSON.parse(app.stdout.slice('env '.length));
    expect(env).toMatchObject({ MINE: 'yes', PATH: process.env['PATH'] });
    expect(Object.keys(env).filter((name) => /^(OTEL_|VITEST|HOME$)/.test(name))).toEqual([]);
  });

  it('kills the children of the app with it', async () => {
    await using witness = await startWitness();
    const child = await script(witness.client);
    const file = await script(`
      import { spawn } from 'node:child_process';
      spawn(process.execPath, [${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'inherit'] })
        .stdout.pipe(process.stdout);`);
    const app = await spawnApp(file, { ready: /connected/ });
    const client = await witness.connected();
    await app[Symbol.asyncDispose]();
    await client.gone;
  });

  it('leaves nothing behind when the test runner is killed', async () => {
    await using witness = await startWitness();
    const app = await script(witness.client);
    const runner = await script(`
      import { spawnApp } from ${JSON.stringify(new URL('spawn-app.ts', import.meta.url).href)};
      await spawnApp(${JSON.stringify(app)}, { ready: /connected/ });
      console.log('runner is ready');
      setInterval(() => {}, 1000);`);
    const started = await spawnApp(runner, { ready: /runner is ready/ });
    const client = await witness.connected();
    process.kill(started.pid, 'SIGKILL');
    await client.gone;
  });
});

/** A process that holds a connection to us has ended when the connection has: its pid may linger as a zombie. */
async function startWitness() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connected = once(server, 'connection');
  return {
    client: `
      import { connect } from 'node:net';
      connect(${port}, '127.0.0.1', () => console.log('connected'));`,
    async connected() {
      const [socket] = await connected;
      socket.on('error', () => {}); // a killed process may reset
      return { gone: once(socket.resume(), 'close') };
    },
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}
