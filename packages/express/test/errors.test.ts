import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, type ExpectedSpan, expectTrace, startCollector } from '@org/otel-testing';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { otelErrorHandler } from '../src/index.ts';
import { serve } from './served.ts';
import { versions } from './versions.ts';

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

class TeapotError extends Error {
  readonly status = 418;
}

async function* breaking() {
  yield 'first';
  await new Promise((resolve) => setImmediate(resolve));
  throw new RangeError('broken stream');
}

/** Only Express 5 looks at what a handler returns. */
const rejected: RequestHandler = async (_request, _response, next) => {
  await Promise.reject(new RangeError('rejected')).catch(next);
};

const handlers: Record<string, RequestHandler> = {
  thrown() {
    throw new RangeError('thrown');
  },
  rejected,
  next(_request, _response, next) {
    setImmediate(() => next(new RangeError('next')));
  },
  text() {
    throw 'a text';
  },
  teapot(_request, _response, next) {
    next(new TeapotError('too much tea'));
  },
  mapped(_request, _response, next) {
    next(new TypeError('mapped'));
  },
  stream(_request, response, next) {
    response.type('text');
    pipeline(Readable.from(breaking()), response, (error) => error && next(error));
  },
  abort(request, response) {
    response.status(200).write('first');
    request.once('close', () => response.destroy());
  },
};

const mapTypeErrors: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof TypeError) response.status(422).send('mapped');
  else next(error);
};

/** Reads until the answer ends, however it ends; `abort` leaves after the first piece. */
async function read(url: string, abort: boolean): Promise<number | undefined> {
  const sent = httpRequest(url, { agent: false }).on('error', () => {});
  sent.end();
  const [response] = await once(sent, 'response');
  response.on('error', () => {});
  response.once('data', () => abort && sent.destroy());
  response.resume();
  if (!sent.closed) await once(sent, 'close');
  return response.statusCode;
}

interface Case {
  status: number;
  /** Whether the server span fails, and with which class. */
  fails?: string;
  /** The message of the one exception event. */
  event?: string;
}

const cases: Record<keyof typeof handlers, Case> = {
  thrown: { status: 500, fails: 'RangeError', event: 'thrown' },
  rejected: { status: 500, fails: 'RangeError', event: 'rejected' },
  next: { status: 500, fails: 'RangeError', event: 'next' },
  text: { status: 500, fails: '_OTHER', event: 'a text' },
  teapot: { status: 418, event: 'too much tea' },
  mapped: { status: 422, event: 'mapped' },
  stream: { status: 200, fails: 'RangeError', event: 'broken stream' },
  abort: { status: 200 },
};

describe.each(versions)('$label', ({ express }) => {
  test.each(Object.entries(cases))(
    '%s: one span, its status, one event at most',
    async (name, wanted) => {
      const app = express();
      app.set('env', 'test'); // else Express prints what it answers with 500
      app.get('/boom/:id', handlers[name] as RequestHandler);
      app.use(otelErrorHandler(), mapTypeErrors);
      await using served = await serve(app);
      expect(await read(`${served.url}/boom/7`, name === 'abort')).toBe(wanted.status);
      const { status, fails, event } = wanted;
      const server: ExpectedSpan = {
        name: 'GET /boom/:id',
        kind: 'server',
        status: fails ? 'error' : 'unset',
        attributes: {
          'http.route': '/boom/:id',
          'http.response.status_code': status,
          'error.type': fails,
        },
        events: event ? [{ name: 'exception', attributes: { 'exception.message': event } }] : [],
        spans: [],
      };
      // The request's own client span is the root: it belongs to this process too.
      const answered = status >= 400 || name === 'stream' ? 'error' : 'unset';
      const expected: ExpectedSpan = {
        name: 'GET',
        kind: 'client',
        status: answered,
        spans: [server],
      };
      await expectTrace(collector, expected, { settle: () => telemetry.forceFlush() });
    },
  );
});
