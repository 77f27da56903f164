import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('../test/starting.fixture.ts', import.meta.url));

/** The modules of Node that a process has loaded when telemetry has started. */
function modulesOf(env: object): string[] {
  const args = ['--conditions=@org/source', fixture];
  return JSON.parse(
    execFileSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' }),
  );
}

const SELDOM_NEEDED = [
  'https',
  'http2',
  'tls',
  'internal/deps/undici/undici',
  'cluster',
  'child_process',
];

function seldomNeededOf(env: object): string[] {
  return modulesOf(env).filter((name) => SELDOM_NEEDED.includes(name));
}

it('a start loads neither TLS nor undici, which take most of its time', () => {
  expect(seldomNeededOf({})).toEqual([]);
});

it('a start loads what its settings need', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://127.0.0.1:9' };
  expect(seldomNeededOf(env)).toEqual(expect.arrayContaining(['tls']));
});
