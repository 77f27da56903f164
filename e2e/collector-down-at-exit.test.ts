import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freePort } from './support/free-port.ts';
import { listening } from './support/listening.ts';
import { spawnApp } from './support/spawn-app.ts';

// The long form is for a machine that does nothing else: there the deadline is looked at closely.
const full = process.env['OTEL_TEST_FULL'] === '1';
const runs = full ? 10 : 1;
/** Milliseconds: the deadline of 2 s, and what the end of a process takes. */
const most = full ? 2100 : 45_000;

const fixture = new URL('./fixtures/delivery/ending.mjs', import.meta.url).pathname;

function drip(_: unknown, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '100000' });
  const timer = setInterval(() => response.write('x'), 20);
  response.on('close', () => clearInterval(timer));
}

const receivers = {
  'refuses connections': async () => ({
    url: `http://127.0.0.1:${await freePort()}`,
    async [Symbol.asyncDispose]() {},
  }),
  'never answers': () => listening(() => {}),
  'answers 1 byte at a time': () => listening(drip),
  'is away with 503': () =>
    listening((_, response) => {
      response.writeHead(503).end();
    }),
};

const ways = [
  ['natural end', ['natural end', '0'], { code: 0, signal: null }],
  ['process.exit()', ['process.exit()', '0'], { code: 3, signal: null }],
  ['uncaught exception', ['uncaught exception', '0'], { code: 1, signal: null }],
  ['SIGTERM', ['signal', '0', 'SIGTERM'], { code: null, signal: 'SIGTERM' }],
] as const;

/** Milliseconds from the moment the application ended until its process was gone. */
async function held(url: string, args: readonly string[], end: object): Promise<number> {
  // Without a deadline of its own the end would wait for the attempt.
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_TIMEOUT: '90000',
    OTEL_METRICS_EXPORTER: 'none',
  };
  await using app = await spawnApp(fixture, { args, env, ready: false });
  const exit = await app.exited;
  const gone = Date.now();
  expect(exit, app.stderr).toEqual(end);
  return gone - Number(/ends at (\d+)/.exec(app.stdout)?.[1]);
}

// They mostly wait; side by side they would lengthen each other.
const each = full ? it.each(ways) : it.concurrent.each(ways);

describe.each(Object.entries(receivers))('a collector that %s at the end', (_, start) => {
  each(
    `%s: held for 2 s at most, code and signal unchanged`,
    async (_way, args, end) => {
      await using to = await start();
      const all: number[] = [];
      for (let run = 0; run < runs; run++) all.push(await held(to.url, args, end));
      all.sort((a, b) => a - b);
      expect(all[Math.floor(runs / 2)], all.join()).toBeLessThanOrEqual(most);
    },
    600_000,
  );
});
