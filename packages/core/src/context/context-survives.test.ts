import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter, on, once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { PassThrough, Readable, Transform } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask, type Observed, observe, serve } from '../../test/observe.ts';

let observed: Observed;
beforeEach(async () => {
  observed = await observe();
});
afterEach(() => observed[Symbol.asyncDispose]());

const traceId = () => trace.getActiveSpan()?.spanContext().traceId;
const immediate = () => new Promise<void>((resolve) => void setImmediate(resolve));

const own = new AsyncLocalStorage<string>();

async function* count() {
  for (const number of [1, 2]) {
    await immediate();
    yield [number, traceId()];
  }
}

/** Ways for work to go on later, each telling the trace that it finds there. */
const ways: Record<string, () => Promise<unknown>> = {
  'a promise': () => Promise.resolve().then(traceId),
  'an await': async () => {
    await immediate();
    return traceId();
  },
  'a timer': () => new Promise((resolve) => setTimeout(() => resolve(traceId()))),
  'a microtask': () => new Promise((resolve) => queueMicrotask(() => resolve(traceId()))),
  'the next tick': () => new Promise((resolve) => process.nextTick(() => resolve(traceId()))),
  'a listener of an EventEmitter': async () => {
    const emitter = new EventEmitter();
    const heard = new Promise((resolve) => emitter.once('go', () => resolve(traceId())));
    await immediate();
    emitter.emit('go');
    return heard;
  },
  'events read in a loop': async () => {
    const emitter = new EventEmitter();
    setImmediate(() => emitter.emit('go'));
    for await (const _event of on(emitter, 'go')) return traceId();
  },
  'a stream that is transformed': async () => {
    const seen: unknown[] = [];
    const look = new Transform({
      transform(chunk, _encoding, done) {
        seen.push(traceId());
        setImmediate(() => done(null, chunk));
      },
    });
    const zipped = new PassThrough();
    const packed = once(zipped, 'finish');
    await pipeline(Readable.from(['a', 'b']), look, createGzip(), zipped);
    await packed;
    expect(gunzipSync(await buffer(zipped)).toString()).toBe('ab');
    return seen[0] === seen[1] ? seen[0] : undefined;
  },
  'an async generator': async () => {
    const seen: unknown[][] = [];
    for await (const step of count()) seen.push(step);
    return seen[0]?.[1] === seen[1]?.[1] ? seen[1]?.[1] : undefined;
  },
  'an AsyncLocalStorage of the application': () =>
    own.run('mine', async () => {
      await immediate();
      return own.getStore() === 'mine' ? traceId() : undefined;
    }),
};

it.each(Object.entries(ways))('the context survives %s', async (_name, way) => {
  await using served = await serve(async (_request, response) => {
    const before = traceId();
    response.end(JSON.stringify([before, await way()]));
  });
  const [before, after] = JSON.parse((await ask(served.url)).text);
  expect(before).toMatch(/^[0-9a-f]{32}$/);
  expect(after).toBe(before);
});

it('no context leaks from one request of a kept connection to the next, nor out of them', async () => {
  let connection: unknown;
  const late: Promise<unknown>[] = [];
  await using served = await serve((request, response) => {
    connection ??= request.socket;
    expect(request.socket).toBe(connection);
    const mine = traceId();
    late.push(immediate().then(() => [mine, traceId()]));
    response.on('close', () => late.push(Promise.resolve([mine, traceId()])));
    request.resume().on('end', () => response.end(mine));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: string[] = [];
  for (let round = 0; round < 20; round++) {
    const request = context.with(suppressTracing(ROOT_CONTEXT), () =>
      httpRequest(served.url, { agent, method: round % 2 ? 'POST' : 'GET' }).end(),
    );
    const [response] = await once(request, 'response');
    answers.push(await text(response));
    if (!request.closed) await once(request, 'close');
  }
  agent.destroy();
  expect(new Set(answers).size).toBe(20);
  for (const pair of await Promise.all(late)) {
    const [mine, seen] = pair as string[];
    expect(seen).toBe(mine);
  }
  expect(late.length).toBeGreaterThanOrEqual(39); // the last response may still be closing
  expect(traceId()).toBeUndefined();
});
