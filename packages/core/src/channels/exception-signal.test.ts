import { context, trace } from '@opentelemetry/api';
import { expectLog } from '@org/otel-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, observe, serve } from '../../test/observe.ts';
import { type ExceptionSignal, recordError } from '../index.ts';

const VARIABLE = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';
afterEach(() => {
  delete process.env[VARIABLE];
});

/** One request whose handler reports the same error twice, and one of the handler's own spans that reports it again. */
async function askOnce(exceptionSignal: ExceptionSignal | undefined, headers = {}) {
  const observed = await observe(exceptionSignal ? { exceptionSignal } : {});
  await using _observed = observed;
  await using served = await serve((request, response) => {
    const error = new TypeError('deep down');
    const inner = trace.getTracer('test').startSpan('inner');
    context.with(trace.setSpan(context.active(), inner), () => recordError(undefined, error));
    inner.end();
    recordError(request, error);
    recordError(request, error);
    recordError(request, new RangeError('another'));
    response.writeHead(500).end();
  });
  await ask(served.url, { headers });
  await observed.telemetry.forceFlush();
  const { store } = observed.collector;
  const spans = store.spans();
  const events = spans.flatMap((span) =>
    span.events.map((event) => [span.name, event.attributes['exception.message']]),
  );
  return { collector: observed.collector, spans, events, logs: store.logs() };
}

const asEvents = [
  ['inner', 'deep down'],
  ['GET', 'another'],
];

describe('the signal of exceptions', () => {
  it('is events of spans by default', async () => {
    const { events, logs } = await askOnce(undefined);
    expect(events).toEqual(asEvents);
    expect(logs).toEqual([]);
  });

  it('logs: one record an error instead of an event, in the trace of its span', async () => {
    process.env[VARIABLE] = 'logs';
    const { collector, spans, events, logs } = await askOnce(undefined);
    expect(events).toEqual([]);
    expect(logs).toHaveLength(2);
    const [inner, server] = ['inner', 'GET'].map((name) => spans.find((one) => one.name === name));
    await expectLog(collector, {
      service: 'shop',
      scope: '@org/otel-core',
      eventName: 'exception',
      severity: 'error',
      span: inner as NonNullable<typeof inner>,
      attributes: {
        'exception.type': 'TypeError',
        'exception.message': 'deep down',
        'exception.stacktrace': /exception-signal\.test/,
      },
    });
    await expectLog(collector, {
      eventName: 'http.server.request.exception',
      severity: 'error',
      span: server as NonNullable<typeof server>,
      attributes: { 'exception.type': 'RangeError', 'exception.message': 'another' },
    });
    expect(server?.status.code).toBe('error');
    expect(server?.attributes['error.type']).toBe('RangeError');
  });

  it('logs/dup: both', async () => {
    const { events, logs } = await askOnce('logs/dup');
    expect(events).toEqual(asEvents);
    expect(logs.map((log) => log.attributes['exception.message'])).toEqual([
      'deep down',
      'another',
    ]);
  });

  it('logs: an error of a request that is not sampled is written too', async () => {
    const traceId = 'a'.repeat(32);
    const { spans, logs } = await askOnce('logs', {
      traceparent: `00-${traceId}-${'b'.repeat(16)}-00`,
    });
    expect(spans).toEqual([]);
    expect(logs.map((log) => log.traceId)).toEqual([traceId, traceId]);
  });
});
