import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runDemoOnce } from './chain/run-demo-once.ts';
import { freePort } from './support/free-port.ts';

let emptyFolder: string;

beforeAll(async () => {
  emptyFolder = await mkdtemp(join(tmpdir(), 'no-tools-'));
});
afterAll(() => rm(emptyFolder, { recursive: true, force: true }));

it('says in one sentence that Python is missing', async () => {
  const run = await runDemoOnce([], { PATH: emptyFolder });
  expect(run.exit.code).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr.trim()).toMatch(/^Python is missing: install [^\n]+\.$/);
});

it('says in one sentence that Go is missing, where only Go could bring a Collector', async () => {
  const env = { PATH: emptyFolder, ORG_OTEL_CACHE: join(emptyFolder, 'cache') };
  const run = await runDemoOnce(['--collector=otelcol'], env);
  expect(run.exit.code).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr.trim().split('\n').at(-1)).toMatch(
    /Go 1\.26 or newer .*: install Go from .*\.$/,
  );
});

it('says in one sentence which port is taken, and starts nothing', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const others = ['gateway', 'api-node', 'api-python'].map(async (name) => {
    return `--port-${name}=${await freePort()}`;
  });
  const ports = [`--port-otlp-http=${port}`, ...(await Promise.all(others))];
  const run = await runDemoOnce(['--ports=usual', ...ports]);
  server.close();
  expect(run.exit.code).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr.trim()).toMatch(
    new RegExp(`^Port ${port} \\(otlp-http\\) is taken: [^\\n]+--ports=auto\\.$`),
  );
});
