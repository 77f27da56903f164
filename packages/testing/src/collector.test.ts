import { execFile } from 'node:child_process';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { partialSuccess, requestBytes, requestJson, rpcStatus } from '../test/otlp.request.ts';
import { type Collector, startCollector, startReceiver } from './collector.ts';
import type { Signal, TelemetryBatch } from './telemetry.ts';

const protobufType = 'application/x-protobuf';
const signals: Signal[] = ['traces', 'logs', 'metrics'];

function post(
  collector: { url: string },
  path: string,
  body: Uint8Array<ArrayBuffer> | string,
  headers: Record<string, string> = {},
) {
  const type = typeof body === 'string' ? 'application/json' : protobufType;
  return fetch(`${collector.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
  });
}

const bytesOf = (signal: Signal) => new Uint8Array(requestBytes(signal));
const jsonOf = (signal: Signal) => JSON.stringify(requestJson[signal]);
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

function expectOneOf(signal: Signal, { store }: Collector): void {
  const { traces, ...counts } = { ...store.counts };
  expect(counts).toEqual({
    batches: 1,
    spans: 0,
    logs: 0,
    metrics: 0,
    [signal === 'traces' ? 'spans' : signal]: 1,
  });
  expect(traces).toBe(signal === 'traces' ? 1 : 0);
}

describe.each(signals)('%s', (signal) => {
  test.each([
    ['plain', (body: Uint8Array) => body, {}],
    ['gzip', gzipSync, { 'content-encoding': 'gzip' }],
    ['deflate', deflateSync, { 'content-encoding': 'deflate' }],
  ] as const)('protobuf, %s: kept, and answered in protobuf', async (_name, pack, headers) => {
    await using collector = await startCollector();
    const response = await post(
      collector,
      `/v1/${signal}`,
      new Uint8Array(pack(bytesOf(signal))),
      headers,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(protobufType);
    expect(await bytes(response)).toHaveLength(0);
    expectOneOf(signal, collector);
  });

  test.each([
    ['plain', (body: string) => body, {}],
    ['gzip', (body: string) => new Uint8Array(gzipSync(body)), { 'content-encoding': 'GZIP' }],
  ] as const)('JSON, %s: kept, and answered in JSON', async (_name, pack, headers) => {
    await using collector = await startCollector();
    const type = { 'content-type': 'application/json; charset=utf-8' };
    const response = await post(collector, `/v1/${signal}`, pack(jsonOf(signal)), {
      ...type,
      ...headers,
    });
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(response.headers.get('content-type')).toBe('application/json');
    expectOneOf(signal, collector);
  });
});

describe('what is not OTLP is refused', () => {
  test.each([
    [
      404,
      'POST',
      '/v1/profiles',
      'application/json',
      {},
      'expected /v1/traces, /v1/logs or /v1/metrics, got /v1/profiles',
    ],
    [404, 'POST', '/__proto__', 'application/json', {}, 'got /__proto__'],
    [405, 'PUT', '/v1/traces', 'application/json', {}, 'expected POST, got PUT'],
    [
      415,
      'POST',
      '/v1/traces',
      'text/plain',
      {},
      'expected application/x-protobuf or application/json, got "text/plain"',
    ],
    [415, 'POST', '/v1/traces', 'application/json', { 'content-encoding': 'br' }, 'got "br"'],
    [400, 'POST', '/v1/traces', 'application/json', {}, 'not JSON'],
    [
      400,
      'POST',
      '/v1/traces',
      'application/json',
      { 'content-encoding': 'gzip' },
      'the body is not gzip',
    ],
  ])('%i for %s %s', async (status, method, path, type, headers, reason) => {
    await using collector = await startCollector();
    const init = { method, body: 'not telemetry', headers: { 'content-type': type, ...headers } };
    const response = await fetch(`${collector.url}${path}`, init);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      code: expect.any(Number),
      message: expect.stringContaining(reason),
    });
    expect(collector.refused).toMatchObject([
      { method, path, status, reason: expect.stringContaining(reason) },
    ]);
    expect(collector.store.counts.batches).toBe(0);
    if (status === 405) expect(response.headers.get('allow')).toBe('POST');
  });

  test('broken protobuf is answered with a protobuf Status that names the place', async () => {
    await using collector = await startCollector();
    const response = await post(collector, '/v1/traces', bytesOf('traces').slice(0, -3));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe(protobufType);
    const { code, message } = rpcStatus.toObject(rpcStatus.decode(await bytes(response)));
    expect(code).toBe(3);
    expect(message).toMatch(
      /^ExportTraceServiceRequest\.resourceSpans: truncated: \d+ bytes announced/,
    );
  });

  test.each([
    ['as it is', {}, (body: Buffer) => body],
    ['when unpacked', { 'content-encoding': 'gzip' }, (body: Buffer) => gzipSync(body)],
  ] as const)(
    '413 for a body too large %s, and the connection goes on',
    async (_what, headers, pack) => {
      await using collector = await startCollector({ bodyLimit: 1000 });
      const large = new Uint8Array(pack(Buffer.alloc(3_000_000)));
      const response = await post(collector, '/v1/traces', large, headers);
      expect(response.status).toBe(413);
      const { message } = rpcStatus.toObject(rpcStatus.decode(await bytes(response)));
      expect(message).toBe('the body is larger than 1000 bytes');
      expect((await post(collector, '/v1/traces', bytesOf('traces'))).status).toBe(200);
    },
  );

  test('a sender that goes away in mid-request leaves no trace and does no harm', async () => {
    await using collector = await startCollector();
    const gone = connect(collector.port, collector.host, () => {
      gone.write(
        'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
        () => gone.destroy(),
      );
    });
    await new Promise((resolve) => gone.once('close', resolve));
    expect((await post(collector, '/v1/traces', jsonOf('traces'))).status).toBe(200);
    expect(collector.store.counts.batches).toBe(1);
  });
});

describe('scripted answers', () => {
  test('a status with headers refuses: nothing is kept, and back to success', async () => {
    await using collector = await startCollector();
    collector.respondWith(({ number }) =>
      number === 1 ? { status: 503, headers: { 'retry-after': '2' }, message: 'busy' } : undefined,
    );
    const refused = await post(collector, '/v1/traces', jsonOf('traces'));
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      503,
      '2',
      { code: 14, message: 'busy' },
    ]);
    expect(collector.store.counts.batches).toBe(0);
    expect((await post(collector, '/v1/traces', jsonOf('traces'))).status).toBe(200);
    expect(collector.store.counts.batches).toBe(1);
    expect(collector.requests.map(({ number }) => number)).toEqual([1, 2]);
    expect(collector.refused).toEqual([]);
  });

  test('the hook sees the request: signal, encoding, headers, sizes and what is in it', async () => {
    await using collector = await startCollector();
    const packed = new Uint8Array(gzipSync(bytesOf('logs')));
    await post(collector, '/v1/logs', packed, {
      'content-encoding': 'gzip',
      authorization: 'Bearer x',
    });
    expect(collector.requests).toMatchObject([
      {
        signal: 'logs',
        encoding: 'protobuf',
        headers: { authorization: 'Bearer x' },
        bytes: { received: packed.length, unpacked: bytesOf('logs').length },
        batch: { logs: [{ body: 'hello' }] },
      },
    ]);
  });

  test('a promise delays the answer, and what came with it is kept only then', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    await using collector = await startCollector({ respond: () => promise });
    const { promise: seen, resolve: see } = Promise.withResolvers<void>();
    collector.respondWith(() => {
      see();
      return promise;
    });
    const answered = post(collector, '/v1/traces', jsonOf('traces'));
    await seen;
    expect(collector.store.counts.batches).toBe(0);
    resolve(undefined);
    expect((await answered).status).toBe(200);
    expect(collector.store.counts.batches).toBe(1);
  });

  test('a partial success, in JSON and in protobuf', async () => {
    const respond = () => ({ partialSuccess: { rejected: 300, message: 'too old' } });
    await using collector = await startCollector({ respond });
    const json = await post(collector, '/v1/metrics', jsonOf('metrics'));
    expect(await json.json()).toEqual({
      partialSuccess: { rejectedDataPoints: '300', errorMessage: 'too old' },
    });
    const answer = await bytes(await post(collector, '/v1/metrics', bytesOf('metrics')));
    expect([answer[0], answer[1]]).toEqual([10, answer.length - 2]);
    const partial = partialSuccess.toObject(partialSuccess.decode(answer.subarray(2)), {
      longs: Number,
    });
    expect(partial).toEqual({ rejected: 300, message: 'too old' });
  });

  test('hanging up breaks the connection; keep says whether the telemetry was taken', async () => {
    await using collector = await startCollector({ respond: () => ({ hangUp: true, keep: true }) });
    await expect(post(collector, '/v1/traces', jsonOf('traces'))).rejects.toThrow('fetch failed');
    expect(collector.store.counts.batches).toBe(1);
  });

  test('a hook that throws answers 500 with its message', async () => {
    const respond = () => {
      throw new Error('broken hook');
    };
    await using collector = await startCollector({ respond });
    const response = await post(collector, '/v1/traces', jsonOf('traces'));
    expect([response.status, await response.json()]).toEqual([
      500,
      { code: 13, message: 'broken hook' },
    ]);
  });
});

describe('life', () => {
  test('many requests share one connection, a refused one among them', async () => {
    await using collector = await startCollector();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (const path of ['/v1/traces', '/nowhere', '/v1/traces', '/v1/traces']) {
      const options = { agent, method: 'POST', headers: { 'content-type': 'application/json' } };
      await new Promise<void>((resolve, reject) => {
        const request = httpRequest(`${collector.url}${path}`, options, (response) => {
          ports.add(request.socket?.localPort);
          text(response).then(() => resolve(), reject);
        });
        request.on('error', reject).end(jsonOf('traces'));
      });
    }
    agent.destroy();
    expect(ports.size).toBe(1);
    expect(collector.store.counts.batches).toBe(3);
  });

  test('close() ends an idle connection, an unanswered request and those who wait; the port is free again', async () => {
    const { promise: seen, resolve: see } = Promise.withResolvers<void>();
    const never = new Promise<undefined>(() => {});
    const respond = () => {
      see();
      return never;
    };
    const collector = await startCollector({ respond });
    const { port } = collector;
    const idle = connect(port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const idleEnd = new Promise((resolve) => idle.once('close', resolve));
    idle.resume();
    const unanswered = expect(post(collector, '/v1/traces', jsonOf('traces'))).rejects.toThrow(
      'fetch failed',
    );
    const waiting = expect(collector.store.waitFor(() => false)).rejects.toThrow(
      'the store was closed',
    );
    await seen;
    await collector.close();
    await Promise.all([idleEnd, unanswered, waiting, collector.close()]);
    await using again = await startCollector({ port });
    expect(again.url).toBe(`http://127.0.0.1:${port}`);
  });

  test('a process whose collector is closed ends by itself', async () => {
    const script = `
      import { startCollector } from ${JSON.stringify(import.meta.resolve('./collector.ts'))};
      const collector = await startCollector();
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(collector.url + '/v1/traces', { method: 'POST', headers, body: '{}' });
      await response.text();
      await collector.store.waitFor((store) => store.counts.batches === 1);
      await collector.close();
      process.on('exit', () => console.log('ended'));`;
    const args = ['--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
    expect(stdout).toBe('ended\n');
  });

  test('a taken port and a port that is none are said', async () => {
    await using collector = await startCollector();
    await expect(startCollector({ port: collector.port })).rejects.toThrow('EADDRINUSE');
    await expect(startCollector({ port: 70_000 })).rejects.toThrow(
      'port: expected a whole number from 0 to 65535, got 70000',
    );
  });

  test('IPv6 hosts make a good url', async () => {
    await using collector = await startCollector({ host: '::1' });
    expect(collector.url).toBe(`http://[::1]:${collector.port}`);
    expect((await post(collector, '/v1/traces', jsonOf('traces'))).status).toBe(200);
  });

  test('clear() forgets telemetry, requests and refusals', async () => {
    await using collector = await startCollector();
    await post(collector, '/v1/traces', jsonOf('traces'));
    await post(collector, '/nowhere', '{}');
    collector.clear();
    expect([collector.requests, collector.refused, collector.store.spans()]).toEqual([[], [], []]);
  });

  test('the receiver alone feeds any sink', async () => {
    const batches: TelemetryBatch[] = [];
    await using receiver = await startReceiver({
      sink: { add: (batch) => void batches.push(batch) },
    });
    await post(receiver, '/v1/traces', bytesOf('traces'));
    expect(batches).toMatchObject([{ spans: [{ name: 'GET /' }], logs: [], metrics: [] }]);
  });
});
