import type { IncomingMessage, ServerResponse } from 'node:http';
import { trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { startCollector } from '@org/otel-testing/collector';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { expect, test, vi } from 'vitest';
import { hostile, hostileArguments } from '../../core/test/hostile.ts';
import { instrumentExpress, otel, otelErrorHandler } from '../src/index.ts';
import { serve } from './served.ts';
import { versions } from './versions.ts';

const CALLS = process.env['OTEL_TEST_FULL'] === '1' ? 100_000 : 5000;
const CALLS_A_REQUEST = 70;

/** Runs the middleware, which has to call `next()` once, and gives what it handed on. */
function handedOn(work: (next: (error?: unknown) => void) => void): unknown {
  const given: unknown[] = [];
  work((error) => void given.push(error));
  expect(given).toHaveLength(1);
  return given[0];
}

/** Calls of every function of the package as a request finds it, each with hostile arguments. */
function attack(any: () => never, req: Request, res: ServerResponse): void {
  const told = otel({ attributes: any });
  const broken = otel({
    attributes() {
      throw any();
    },
  });
  const late = otel({ attributes: (async () => Promise.reject(any())) as never });
  const handler = otelErrorHandler();
  for (let n = 0; n < CALLS_A_REQUEST; n += 7) {
    const [request, error] = [any(), any()] as [IncomingMessage, unknown];
    for (const middleware of [told, broken, late]) {
      expect(handedOn((next) => middleware(req, res, next))).toBe(undefined);
      expect(handedOn((next) => middleware(request as Request, any(), next))).toBe(undefined);
    }
    expect(handedOn((next) => handler(error, n % 2 ? req : request, any(), next))).toBe(error);
  }
}

/** What Express keeps on a request, as the application may have left it. */
function spoil(any: () => never, req: Request): void {
  for (const name of ['app', 'route', 'baseUrl', 'originalUrl', 'url']) {
    Object.defineProperty(req, name, { get: any, set() {}, configurable: true });
  }
}

test.each(versions)(
  `$label: ${CALLS} calls with hostile arguments: 0 throws, every request answered and under a span`,
  async ({ express }) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await using collector = await startCollector();
    await using telemetry = init({ exporter: { otlpHttp: { endpoint: collector.url } } });
    const any = hostileArguments(20);
    const app = express();
    app.use(otel());
    app.get('/spoilt', (req, res) => {
      spoil(any, req);
      answerFine(res);
    });
    app.get('/attacked', (req, res) => {
      attack(any, req, res);
      answerFine(res);
    });
    app.use(otelErrorHandler());
    const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
      res.status(500).send(String(error.stack));
    };
    app.use(answerError);
    await using served = await serve(app);
    const requests = Math.ceil(CALLS / CALLS_A_REQUEST);
    for (let n = 0; n < requests; n++) {
      for (const path of ['/attacked', '/spoilt']) {
        const response = await fetch(served.url + path);
        expect(await response.text()).toBe('fine');
      }
      if (n % 100 === 0) await telemetry.forceFlush();
    }
    await telemetry.forceFlush();
    vi.restoreAllMocks();
    const served200 = collector.store.spans().filter(({ kind }) => kind === 'server');
    expect(served200).toHaveLength(2 * requests);
    expect(trace.getActiveSpan()).toBe(undefined);
  },
  600_000,
);

/** Whatever was done to the request, the response is the application's. */
function answerFine(res: Response): void {
  res.statusCode = 200;
  res.end('fine');
}

/** Ours, or the value's own. */
const problem = /^(TypeError: (otel|instrumentExpress)\(|Error: trap$)/;

test.each([
  ['otel(options)', (value: never) => otel(value)],
  ['otel({ attributes })', (attributes: never) => otel({ attributes })],
  ['instrumentExpress(app)', (app: never) => instrumentExpress(app)],
])('%s with a hostile value: taken, or refused with its name', (_name, call) => {
  for (const value of hostile) {
    try {
      call(value as never);
    } catch (error) {
      expect(`${error}`).toMatch(problem);
    }
  }
});

test.each(versions)(
  '$label: use() of an application under instrumentExpress() takes and refuses what it did before',
  ({ express }) => {
    const any = hostileArguments(21);
    for (let n = 0; n < 1000; n++) {
      const given = [any(), any(), any()].slice(0, n % 4);
      const outcome = (app: { use: (...args: never[]) => unknown }) => {
        try {
          app.use(...(given as never[]));
          return 'taken';
        } catch (error) {
          return `${error}`;
        }
      };
      expect(outcome(instrumentExpress(express()))).toBe(outcome(express()));
    }
  },
);
