import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { trace } from '@opentelemetry/api';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type InitOptions, init, type Telemetry } from '../index.ts';

// The long form is that of docs/reliability.md.
const full = process.env['OTEL_TEST_FULL'] === '1';
/** Seconds that a receiver asks for. */
const ASKED = full ? 30 : 2;
/** Seconds that a receiver is away. */
const AWAY = full ? 60 : 4;
/** Answers that never end, one after the other. */
const DRIPS = full ? 50 : 2;

let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());

/** Telemetry that reports its spans to this endpoint; metrics and logs would only confuse the counts. */
function start(endpoint: string, options: InitOptions = {}, timeout = 10_000): Telemetry {
  vi.stubEnv('OTEL_METRICS_EXPORTER', 'none');
  const telemetry = init({ exporter: { otlpHttp: { endpoint, timeout } }, ...options });
  vi.unstubAllEnvs();
  return telemetry;
}

/** Ends this many spans, named by their number, with turns of the event loop between full batches. */
async function produce(count: number, first = 0): Promise<void> {
  const tracer = trace.getTracer('app');
  for (let n = first; n < first + count; n++) {
    // Nothing makes it smaller.
    const filler = randomBytes(100).toString('base64');
    tracer.startSpan(String(n), { attributes: { filler } }).end();
    // Enough turns to encode a batch on a slow machine, where each of its eight slices takes one.
    if (n % 512 === 511) for (let turns = 0; turns < 12; turns++) await turn();
  }
}

function numbers(collector: Collector): number[] {
  return collector.store.spans().map(({ name }) => Number(name));
}

function upTo(count: number, first = 0): number[] {
  return Array.from({ length: count }, (_, n) => first + n);
}

/** Resolves when the receiver was asked this often. */
async function requests(collector: Collector, count: number): Promise<void> {
  await vi.waitFor(() => expect(collector.requests.length).toBeGreaterThanOrEqual(count), 20_000);
}

/** A receiver that answers the first requests in its own way, and well from then on. */
async function scripted(first: RequestListener, times: number) {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    request.resume();
    request.on('end', () => {
      if (count <= times) first(request, response);
      else response.end();
    });
  });
  // No server of the application: its requests are no spans.
  Object.assign(server, { [Symbol.for('org.otel.untraced')]: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    closeIdle: () => server.closeIdleConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it('refused connections: 0 of 20,000 spans lost, delivered in order after the return', async () => {
  const before = await startCollector();
  const { port } = before;
  await using telemetry = start(before.url);
  await produce(1);
  await telemetry.forceFlush();
  await before.close();
  await produce(20_000, 1);
  expect(telemetry.stats().traces).toEqual({ queued: 20_000, exported: 1, dropped: 0, failed: 0 });
  await vi.waitFor(() => expect(said.join()).toContain('telemetry cannot be delivered'), 10_000);
  await using after = await startCollector({ port });
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 20_001, dropped: 0, failed: 0 });
  expect(numbers(after)).toEqual(upTo(20_000, 1));
  expect(said.join()).toMatch(/takes telemetry again, after \d+ s; nothing was lost/);
});

it('a full buffer: the oldest are dropped, and produced = exported + dropped + failed + queued', async () => {
  let away = true;
  await using collector = await startCollector({
    respond: () => (away ? { status: 503 } : undefined),
  });
  await using telemetry = start(collector.url, { buffer: { maxBytes: 256 * 1024 } });
  await produce(5120);
  // When probes follow, all are encoded and what does not fit is gone.
  await requests(collector, collector.requests.length + 2);
  const { queued, dropped } = telemetry.stats().traces;
  expect(dropped).toBeGreaterThan(1000);
  expect(queued + dropped).toBe(5120);
  away = false;
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: queued, dropped, failed: 0 });
  expect(numbers(collector)).toEqual(upTo(queued, dropped));
  expect(said.join()).toContain('is being lost: 512 items, because the buffer of 262144 bytes');
  expect(said.join()).toContain(`${dropped} items were lost meanwhile`);
});

it('what waits is kept and sent as gzip, whatever the setting says', async () => {
  let away = true;
  await using collector = await startCollector({
    respond: () => (away ? { status: 503 } : undefined),
  });
  await using telemetry = start(collector.url);
  await produce(10_240);
  await requests(collector, collector.requests.length + 2);
  away = false;
  const tries = collector.requests.length;
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toMatchObject({ queued: 0, exported: 10_240 });
  const sent = collector.requests.slice(tries);
  const zipped = sent.filter(({ headers }) => headers['content-encoding'] === 'gzip');
  expect(sent.length - zipped.length).toBeLessThanOrEqual(1); // the probe
  for (const { bytes } of zipped) expect(bytes.received).toBeLessThan(0.8 * bytes.unpacked);
});

it('a batch larger than the buffer is tried once, then dropped and counted', async () => {
  await using collector = await startCollector({ respond: () => ({ status: 503 }) });
  await using telemetry = start(collector.url, { buffer: { maxBytes: 1 } });
  await produce(512);
  await vi.waitFor(() => expect(telemetry.stats().traces.dropped).toBe(512), 10_000);
  expect(collector.requests).toHaveLength(1);
});

it('Retry-After of 0, junk and a past date: ordinary back-off, at most 2 requests a second, 0 lost', async () => {
  const past = new Date(Date.now() - 60_000).toUTCString();
  const answers = ['0', 'soon', '-1', past].map((after) => ({
    status: 503,
    headers: { 'retry-after': after },
  }));
  await using collector = await startCollector({ respond: () => answers.shift() });
  await using telemetry = start(collector.url);
  const started = performance.now();
  await produce(1);
  await telemetry.forceFlush();
  expect(collector.requests).toHaveLength(5);
  expect(performance.now() - started).toBeGreaterThan(2000);
  expect(telemetry.stats().traces.exported).toBe(1);
});

it.each([
  ['seconds', () => String(ASKED)],
  ['a date', () => new Date(Date.now() + (ASKED + 1) * 1000).toUTCString()],
])(
  `Retry-After of ${ASKED} s in %s: the next request comes after it, for a flush too, 0 lost`,
  async (_, after) => {
    const answers = [{ status: 429, headers: { 'retry-after': after() } }];
    await using collector = await startCollector({ respond: () => answers.shift() });
    await using telemetry = start(collector.url);
    const started = performance.now();
    await produce(1);
    await telemetry.forceFlush();
    expect(performance.now() - started).toBeGreaterThan(ASKED * 1000 - 100);
    expect(collector.requests).toHaveLength(2);
    expect(telemetry.stats().traces.exported).toBe(1);
  },
  120_000,
);

it(`503 without Retry-After for ${AWAY} s: growing jittered gaps, 0 of 5,000 lost`, async () => {
  const asked: number[] = [];
  let isAway = true;
  await using collector = await startCollector({
    respond() {
      asked.push(performance.now());
      return isAway ? { status: 503 } : undefined;
    },
  });
  await using telemetry = start(collector.url);
  const until = performance.now() + AWAY * 1000;
  await produce(5000);
  function isOver(): void {
    expect(performance.now()).toBeGreaterThan(until);
    expect(asked.length).toBeGreaterThan(3);
  }
  await vi.waitFor(isOver, { timeout: 120_000, interval: 100 });
  isAway = false;
  const gaps = asked.slice(1).map((at, n) => at - (asked[n] ?? 0));
  // A timer may be late, never early: 1 s, growing by half up to 5 s, less a fifth.
  for (const [n, gap] of gaps.entries()) {
    expect(gap).toBeGreaterThan(0.8 * Math.min(1000 * 1.5 ** n, 5000) - 20);
  }
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 5000, dropped: 0, failed: 0 });
}, 150_000);

it('partial success: exactly 1 request, the rejected ones counted and said', async () => {
  const partialSuccess = { rejected: 3, message: 'too long' };
  await using collector = await startCollector({ respond: () => ({ partialSuccess }) });
  await using telemetry = start(collector.url);
  await produce(10);
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 7, dropped: 0, failed: 3 });
  expect(collector.requests).toHaveLength(1);
  expect(said.join()).toContain('did not take everything');
});

it('connections closed without an answer: 0 lost', async () => {
  const answers = [{ hangUp: true }, { hangUp: true }];
  await using collector = await startCollector({ respond: () => answers.shift() });
  await using telemetry = start(collector.url);
  await produce(600);
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 600, dropped: 0, failed: 0 });
});

it('a kept connection that the receiver has closed meanwhile: 0 of 30 lost, 0 twice', async () => {
  await using receiver = await scripted(() => {}, 0);
  await using telemetry = start(receiver.url);
  for (let round = 0; round < 3; round++) {
    await produce(10);
    await telemetry.forceFlush();
    receiver.closeIdle();
  }
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 30, dropped: 0, failed: 0 });
  expect(receiver.count()).toBe(3);
});

it('an answer that is cut: 0 lost, 1 more request for each', async () => {
  const cut = (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('x'.repeat(60), () => response.destroy());
  };
  await using receiver = await scripted(cut, 2);
  await using telemetry = start(receiver.url);
  await produce(10);
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 10, dropped: 0, failed: 0 });
  expect(receiver.count()).toBe(3);
});

it('no answer at all: each attempt ends at its deadline, 0 of 5,000 lost meanwhile', async () => {
  await using receiver = await scripted(() => {}, 2);
  await using telemetry = start(receiver.url, {}, 400);
  await produce(5000);
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 5000, dropped: 0, failed: 0 });
  expect(said.join()).toContain('no answer within 400 ms');
});

it(`${DRIPS} answers of 1 byte at a time: each ends at the deadline of its attempt, alive after, 0 lost`, async () => {
  const drips = new Set<NodeJS.Timeout>();
  const drip = (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-length': '100000' });
    const timer = setInterval(() => response.write('x'), 20);
    drips.add(timer);
    response.on('close', () => clearInterval(timer));
  };
  await using receiver = await scripted(drip, DRIPS);
  await using telemetry = start(receiver.url, {}, 400);
  await produce(10);
  await telemetry.forceFlush();
  expect(receiver.count()).toBe(DRIPS + 1);
  expect(telemetry.stats().traces.exported).toBe(10);
  for (const timer of drips) clearInterval(timer);
}, 600_000);

/** An answer of so many bytes, or without an end; tells how many were taken. */
function flood(head: Record<string, string>, size: number, taken: (bytes: number) => void) {
  return (_: unknown, response: ServerResponse) => {
    const chunk = Buffer.alloc(256 * 1024);
    let written = 0;
    response.writeHead(200, head);
    const pour = () => {
      if (response.destroyed) return;
      if (written >= size) return void response.end();
      written += chunk.length;
      taken(written);
      response.write(chunk, pour);
    };
    pour();
  };
}

/** What this process, the receiver in it too, takes for a moment is given back. */
async function rssAtMost(bytes: number): Promise<void> {
  const look = () => expect(process.memoryUsage.rss()).toBeLessThan(bytes);
  await vi.waitFor(look, { timeout: 30_000, interval: 200 });
}

// Unbounded answers: CVE-2026-40182 (.NET), CVE-2026-39882 (Go), CVE-2026-44967 (C++).
it.each([
  ['of 1 GiB', { 'content-length': String(2 ** 30) }, 2 ** 30],
  ['without an end', {}, Number.POSITIVE_INFINITY],
])(
  'an answer %s: read up to 4 MiB, RSS at most 16 MiB more, 1 request, counted',
  async (_, head, size) => {
    let written = 0;
    const pour = flood(head as Record<string, string>, size, (bytes) => {
      written = bytes;
    });
    await using receiver = await scripted(pour, 1);
    await using telemetry = start(receiver.url);
    const before = process.memoryUsage.rss();
    await produce(1);
    await telemetry.forceFlush();
    await rssAtMost(before + 16 * 1024 * 1024);
    expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 0, dropped: 0, failed: 1 });
    expect(receiver.count()).toBe(1);
    // What the receiver could write before the sockets were full.
    expect(written).toBeLessThan(64 * 1024 * 1024);
  },
);

it('an answer that inflates to 1 GiB: not inflated, RSS at most 16 MiB more, 1 request, acknowledged', async () => {
  const body = Buffer.concat(Array(64).fill(gzipSync(Buffer.alloc(2 ** 24)))); // 1 MiB
  const respond = (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length });
    response.end(body);
  };
  await using receiver = await scripted(respond, 2);
  await using telemetry = start(receiver.url);
  await produce(1);
  await telemetry.forceFlush();
  const before = process.memoryUsage.rss();
  await produce(1);
  await telemetry.forceFlush();
  await rssAtMost(before + 16 * 1024 * 1024);
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 2, dropped: 0, failed: 0 });
  expect(receiver.count()).toBe(2);
}, 100_000);

it.each([
  ['does not answer', () => {}],
  [
    'answers 1 byte at a time',
    (_: unknown, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': '100000' });
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    },
  ],
] as const)(
  'shutdown with 2,000 queued and a receiver that %s: done in 5 s, never rejects, every loss counted',
  async (_, respond) => {
    await using receiver = await scripted(respond, Number.POSITIVE_INFINITY);
    const telemetry = start(receiver.url, {}, 90_000);
    await produce(2000);
    const started = performance.now();
    await telemetry.shutdown();
    // An attempt alone may take 90 s here; only the long form is for a machine that does nothing else.
    expect(performance.now() - started).toBeLessThan(full ? 5500 : 45_000);
    expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 0, dropped: 2000, failed: 0 });
  },
  100_000,
);

it('a span of 80 MB: refused and counted, 0 of its neighbours lost', async () => {
  await using collector = await startCollector();
  await using telemetry = start(collector.url);
  const payload = 'x'.repeat(80_000_000);
  await produce(1);
  trace.getTracer('app').startSpan('80 MB', { attributes: { payload } }).end();
  await produce(1, 1);
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 2, dropped: 0, failed: 1 });
  expect(numbers(collector)).toEqual(upTo(2));
  expect(said.join()).toContain('larger than 64 MiB');
}, 100_000);

it('a batch of 120 MB: parted into requests of 64 MiB at most, 0 lost', async () => {
  await using collector = await startCollector();
  await using telemetry = start(collector.url);
  for (let n = 0; n < 3; n++) {
    const payload = String(n).repeat(40_000_000);
    trace.getTracer('app').startSpan(String(n), { attributes: { payload } }).end();
  }
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 3, dropped: 0, failed: 0 });
  expect(numbers(collector)).toEqual(upTo(3));
  for (const { bytes } of collector.requests) {
    expect(bytes.received).toBeLessThanOrEqual(64 * 1024 * 1024);
  }
}, 100_000);

it('where nobody ever listened a flush tries once and does not wait', async () => {
  const gone = await startCollector();
  await gone.close();
  await using telemetry = start(gone.url);
  await produce(1);
  await telemetry.forceFlush();
  expect(telemetry.stats().traces).toEqual({ queued: 1, exported: 0, dropped: 0, failed: 0 });
  await telemetry.shutdown();
  expect(telemetry.stats().traces).toEqual({ queued: 0, exported: 0, dropped: 1, failed: 0 });
});
