import { once } from 'node:events';
import { request as httpRequest, type ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { Controller, Get, Res, StreamableFile } from '@nestjs/common';
import { type Collector, type ExpectedTrace, expectTrace, startCollector } from '@org/otel-testing';
import { interval, map } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import { init, OtelModule, type Telemetry } from '../src/index.ts';
import { startNest } from './start.nest.ts';

let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'shop', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterEach(() => collector.clear());
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

async function* breaking() {
  yield 'first';
  await new Promise((resolve) => setImmediate(resolve));
  throw new RangeError('broken stream');
}

function rawResponse(response: ServerResponse | { raw: ServerResponse }): ServerResponse {
  return 'raw' in response ? response.raw : response;
}

@Controller('streams')
class StreamsController {
  @Get('broken/:id')
  broken(@Res() response: ServerResponse) {
    pipeline(Readable.from(breaking()), rawResponse(response), () => {});
  }
  @Get('file/:id')
  file() {
    return new StreamableFile(Readable.from(breaking(), { objectMode: false }));
  }
  @Get('endless/:id')
  endless(@Res() response: ServerResponse) {
    const raw = rawResponse(response);
    const ticks = interval(1).pipe(map(String));
    const subscription = ticks.subscribe((tick) => raw.write(tick));
    raw.once('close', () => subscription.unsubscribe());
  }
}

/** Reads an answer of which only a part comes, or is waited for. */
async function readPart(url: string, leave: boolean): Promise<void> {
  const sent = httpRequest(url, { agent: false }).on('error', () => {});
  sent.end();
  const [response] = await once(sent, 'response');
  response.on('error', () => {});
  response.once('data', () => leave && sent.destroy());
  response.resume();
  if (!sent.closed) await once(sent, 'close');
}

describe.each(['Express', 'Fastify'] as const)('on %s', (platform) => {
  const shop = { imports: [OtelModule], controllers: [StreamsController] };

  async function expectServer(server: ExpectedTrace): Promise<void> {
    // The request's own client span is the root: it belongs to this process too. Its answer is cut short, or it leaves.
    const expected = { name: 'GET', kind: 'client', status: 'any', spans: [server] } as const;
    await expectTrace(collector, expected, { settle: () => telemetry.forceFlush() });
  }

  test.each(['broken', 'file'])(
    'a stream that breaks after the head was sent fails the server span, with one event: %s',
    async (name) => {
      await using nest = await startNest(shop, undefined, platform);
      await readPart(`${nest.url}/streams/${name}/7`, false);
      await expectServer({
        name: `GET /streams/${name}/:id`,
        kind: 'server',
        status: 'error',
        attributes: { 'http.response.status_code': 200, 'error.type': 'RangeError' },
        events: [{ name: 'exception', attributes: { 'exception.message': 'broken stream' } }],
        spans: [{ name: `StreamsController.${name}`, status: 'unset', events: [] }],
      });
    },
  );

  test('a client that goes away is no failure', async () => {
    await using nest = await startNest(shop, undefined, platform);
    await readPart(`${nest.url}/streams/endless/7`, true);
    await expectServer({
      name: 'GET /streams/endless/:id',
      kind: 'server',
      status: 'unset',
      attributes: { 'http.response.status_code': 200, 'error.type': undefined },
      events: [],
      spans: [{ name: 'StreamsController.endless', status: 'unset', events: [] }],
    });
  });
});
