import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter, once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import express from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, type Observed, observe, serve } from '../../test/observe.ts';
import { RequestContext } from '../context/request-context.ts';
import { collectMetrics, onInstrument } from '../index.ts';
import { DurationHistogram } from '../metrics/duration-histogram.ts';
import { HttpDurations } from '../metrics/http-durations.ts';
import type { InitOptions } from '../settings/options.ts';
import { RecordedSpan } from '../traces/recorded-span.ts';
import { SpanIds } from '../traces/span-ids.ts';
import { ServerRequest } from './server-request.ts';
import * as attributes from './server-request-attributes.ts';

vi.mock('./server-request-attributes.ts', { spy: true });

const spies = {
  attributes: vi.mocked(attributes.serverRequestAttributes),
  routes: vi.spyOn(ServerRequest.prototype, 'setRoute'),
  durations: vi.spyOn(HttpDurations.prototype, 'recordServed'),
  newSeries: vi.spyOn(DurationHistogram.prototype, 'series'),
  ids: vi.spyOn(SpanIds.prototype, 'spanId', 'get'),
};

const open: (AsyncDisposable | Disposable)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const part of open.splice(0).reverse()) {
    if (Symbol.asyncDispose in part) await part[Symbol.asyncDispose]();
    else part[Symbol.dispose]();
  }
});

async function start(options: InitOptions): Promise<Observed> {
  const observed = await observe(options);
  open.push(observed);
  return observed;
}

const unsampled: InitOptions = { sampler: { alwaysOff: {} } };

/** How many listeners everything that belongs to a request has. */
type Listeners = Record<string, number>;

function listenersOf(request: IncomingMessage, response: ServerResponse): Listeners {
  const parts: Record<string, EventEmitter> = { request, response, socket: request.socket };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, emitter]) =>
      emitter.eventNames().map((name) => [`${part} ${String(name)}`, emitter.listenerCount(name)]),
    ),
  );
}

/** Whether it is a message of a server. */
function isServed(emitter: unknown): boolean {
  return emitter instanceof ServerResponse || (emitter instanceof IncomingMessage && !!emitter.url);
}

/** Serves some requests of one route of Express. */
async function shop() {
  const seen: Listeners[] = [];
  const closed: Promise<unknown>[] = [];
  const app = express();
  app.use((_request, _response, next) => next());
  app.use(
    '/api',
    express.Router().get('/orders/:id', (request, response) => {
      seen.push(listenersOf(request, response));
      closed.push(once(response, 'close'));
      response.send('ok');
    }),
  );
  const served = await serve(app);
  open.push(served);
  const url = `${served.url}/api/orders/7`;
  /** One request, until its response has closed: what is counted at its end is counted then. */
  async function order(): Promise<void> {
    await ask(url);
    await Promise.all(closed);
  }
  return { seen, order };
}

/** What happens while `count` requests are served, after one that fills the caches. */
async function callsOf(order: () => Promise<void>, count: number) {
  await order();
  for (const spy of Object.values(spies)) spy.mockClear();
  for (let n = 0; n < count; n++) await order();
  return Object.fromEntries(
    Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]),
  );
}

describe('a request that is not sampled', () => {
  it('costs one route and one cached series with metrics on, and no attributes or ids', async () => {
    await start(unsampled);
    const { order } = await shop();
    expect(await callsOf(order, 3)).toEqual({
      attributes: 0,
      routes: 3,
      durations: 3,
      newSeries: 0,
      ids: 0,
    });
  });

  it('costs neither with metrics off', async () => {
    vi.stubEnv('OTEL_METRICS_EXPORTER', 'none');
    await start(unsampled);
    const { order } = await shop();
    expect(await callsOf(order, 3)).toEqual({
      attributes: 0,
      routes: 0,
      durations: 0,
      newSeries: 0,
      ids: 0,
    });
  });

  it('adds no listener to request, response or socket', async () => {
    const { order, seen } = await shop();
    await order();
    await start(unsampled);
    await order();
    expect(seen[1]).toEqual(seen[0]);
  });

  it('enters its context once', async () => {
    await start(unsampled);
    const served = await serve((_request, response) => void response.end());
    open.push(served);
    await ask(served.url);
    const run = vi.spyOn(AsyncLocalStorage.prototype, 'run');
    await ask(served.url);
    const entries = run.mock.calls.filter(([context]) => context instanceof RequestContext);
    run.mockRestore();
    expect(entries.map(([, , , , event]) => event)).toEqual(['request']);
  });

  it('looks for the active context only where somebody listens', async () => {
    await start(unsampled);
    const seen: EventEmitter[] = [];
    const served = await serve((request, response) => {
      seen.push(request, response);
      response.end();
    });
    open.push(served);
    await ask(served.url);
    const lookUps = vi.spyOn(AsyncLocalStorage.prototype, 'getStore');
    for (const message of seen) message.emit('nobody listens');
    const alone = lookUps.mock.calls.length;
    for (const message of seen) message.once('somebody listens', () => {}).emit('somebody listens');
    const heard = lookUps.mock.calls.length;
    lookUps.mockRestore();
    expect(alone).toBe(0);
    expect(heard).toBeGreaterThan(0);
  });

  it('has nothing emitted that nobody listens to', async () => {
    const emit = vi.spyOn(EventEmitter.prototype, 'emit');
    await start(unsampled);
    const { order } = await shop();
    await order();
    const emitted = emit.mock.contexts.flatMap((emitter, index) =>
      isServed(emitter) ? [String(emit.mock.calls[index]?.[0])] : [],
    );
    emit.mockRestore();
    expect(emitted.sort()).toEqual(['close', 'end', 'finish']); // the test itself waits for the first
  });

  it('has everything emitted by an emit that somebody else put there', async () => {
    const seen: string[] = [];
    const { prototype } = ServerResponse;
    prototype.emit = function emitTheirs(event: string | symbol, ...args: unknown[]) {
      seen.push(String(event));
      return EventEmitter.prototype.emit.call(this, event, ...args);
    };
    open.push({ [Symbol.dispose]: () => void Reflect.deleteProperty(prototype, 'emit') });
    await start(unsampled);
    const { order } = await shop();
    await order();
    expect(seen).toEqual(expect.arrayContaining(['prefinish', 'finish', 'close']));
  });

  it('is told apart from one that is sampled', async () => {
    vi.stubEnv('OTEL_METRICS_EXPORTER', 'none');
    await start({});
    const { order } = await shop();
    expect(await callsOf(order, 3)).toEqual({
      attributes: 3,
      routes: 3,
      durations: 0,
      newSeries: 0,
      ids: 3,
    });
  });
});

function serverSpans(spans: readonly unknown[]): RecordedSpan[] {
  return (spans as RecordedSpan[]).filter(({ kind }) => kind === SpanKind.SERVER);
}

describe('a request that is sampled', () => {
  it('adds what its end tells to the attributes of its start, without an object for it', async () => {
    await start({});
    const { order } = await shop();
    await order();
    const objects = vi.spyOn(RecordedSpan.prototype, 'setAttributes');
    const added = vi.spyOn(RecordedSpan.prototype, 'setAttribute');
    await order();
    const singly = serverSpans(added.mock.contexts);
    const together = serverSpans(objects.mock.contexts);
    objects.mockRestore();
    added.mockRestore();
    expect(singly).toHaveLength(2);
    expect(together).toHaveLength(0);
  });
});

describe('with OTEL_METRICS_EXPORTER=none', () => {
  it('durations are counted for a reader in the process, such as a Prometheus endpoint', async () => {
    vi.stubEnv('OTEL_METRICS_EXPORTER', 'none');
    const stop = onInstrument(() => {});
    open.push({ [Symbol.dispose]: stop });
    await start(unsampled);
    const { order } = await shop();
    await order();
    const metrics = (await collectMetrics())?.scopeMetrics.flatMap(({ metrics }) => metrics);
    expect(metrics?.map(({ descriptor }) => descriptor.name)).toContain(
      'http.server.request.duration',
    );
  });
});
