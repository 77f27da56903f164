import { context, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { init, type Telemetry } from '@org/otel-core';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import winston from 'winston';
import { collectLines } from '../test/collect-lines.ts';
import { type TraceFormatOptions, traceFormat } from './trace.format.ts';

const { format } = winston;
const SAMPLED: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};
const UNSAMPLED: SpanContext = { ...SAMPLED, traceFlags: 0 };

let collector: Collector;
let telemetry: Telemetry;
beforeAll(async () => {
  collector = await startCollector();
  telemetry = init({ serviceName: 'winston', exporter: { otlpHttp: { endpoint: collector.url } } });
});
afterAll(async () => {
  await telemetry.shutdown();
  await collector.close();
});

function within<T>(span: SpanContext, work: () => T): T {
  return context.with(trace.setSpanContext(ROOT_CONTEXT, span), work);
}

/** The one line that a logger with this format writes, logged within a span. */
function line(span: SpanContext | undefined, ...formats: winston.Logform.Format[]): string {
  const { lines, transport } = collectLines();
  const logger = winston.createLogger({
    format: format.combine(...formats),
    transports: [transport],
  });
  if (span) within(span, () => logger.info('paid', { order: 7 }));
  else logger.info('paid', { order: 7 });
  expect(lines).toHaveLength(1);
  return lines[0] as string;
}

function json(span: SpanContext | undefined, options?: TraceFormatOptions) {
  return JSON.parse(line(span, traceFormat(options), format.json()));
}

describe('traceFormat', () => {
  test('stamps the ids of the active span of the SDK, in lower-case hex', () => {
    trace.getTracer('test').startActiveSpan('work', (span) => {
      const { traceId, spanId } = span.spanContext();
      const { lines, transport } = collectLines();
      winston
        .createLogger({
          format: format.combine(traceFormat(), format.json()),
          transports: [transport],
        })
        .info('paid');
      expect(JSON.parse(lines[0] as string)).toEqual({
        level: 'info',
        message: 'paid',
        traceID: traceId,
        spanID: spanId,
      });
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(spanId).toMatch(/^[0-9a-f]{16}$/);
      span.end();
    });
  });

  test('upper-case ids that came from outside are written in lower case', () => {
    const upper = { ...SAMPLED, traceId: SAMPLED.traceId.toUpperCase() };
    const { traceId, spanId } = SAMPLED;
    expect(json(upper)).toMatchObject({ traceID: traceId, spanID: spanId });
    expect(json({ ...SAMPLED, spanId: spanId.toUpperCase() })).toMatchObject({ spanID: spanId });
  });

  test('json, simple, printf, colorize and splat show them', () => {
    expect(json(SAMPLED)).toEqual({
      level: 'info',
      message: 'paid',
      order: 7,
      traceID: SAMPLED.traceId,
      spanID: SAMPLED.spanId,
    });
    expect(line(SAMPLED, traceFormat(), format.simple())).toBe(
      `info: paid ${JSON.stringify({ order: 7, spanID: SAMPLED.spanId, traceID: SAMPLED.traceId })}`,
    );
    const printed = format.printf(
      (info) => `[trace_id=${info['traceID']} span_id=${info['spanID']}]`,
    );
    expect(line(SAMPLED, traceFormat(), printed)).toBe(
      `[trace_id=${SAMPLED.traceId} span_id=${SAMPLED.spanId}]`,
    );
    const coloured = line(SAMPLED, format.colorize(), format.splat(), traceFormat(), format.json());
    expect(JSON.parse(coloured)).toMatchObject({ traceID: SAMPLED.traceId, order: 7 });
  });

  test('adds nothing outside a span, nor for an invalid one', () => {
    expect(json(undefined)).toEqual({ level: 'info', message: 'paid', order: 7 });
    const invalid = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
    const short = { ...SAMPLED, traceId: SAMPLED.traceId.slice(1) };
    const odd = { ...SAMPLED, spanId: 'x'.repeat(16) };
    for (const span of [invalid, short, odd]) {
      expect(json(span)).toEqual({ level: 'info', message: 'paid', order: 7 });
    }
  });

  test('an unsampled span is stamped, unless only sampled ones are wanted', () => {
    expect(json(UNSAMPLED)).toMatchObject({ traceID: SAMPLED.traceId, spanID: SAMPLED.spanId });
    expect(json(UNSAMPLED, { sampledOnly: true })).toEqual({
      level: 'info',
      message: 'paid',
      order: 7,
    });
    expect(json(SAMPLED, { sampledOnly: true })).toMatchObject({ traceID: SAMPLED.traceId });
  });

  test('the names can be chosen', () => {
    expect(json(UNSAMPLED, { fields: 'snake_case' })).toEqual({
      level: 'info',
      message: 'paid',
      order: 7,
      trace_id: SAMPLED.traceId,
      span_id: SAMPLED.spanId,
      trace_flags: '00',
    });
    expect(json(SAMPLED, { fields: { traceId: 'dd.trace', traceFlags: 'flags' } })).toEqual({
      level: 'info',
      message: 'paid',
      order: 7,
      'dd.trace': SAMPLED.traceId,
      spanID: SAMPLED.spanId,
      flags: '01',
    });
  });

  test('an unusable name is said once, and the default used', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const options = { fields: { traceId: '' } };
    expect(json(SAMPLED, options)).toMatchObject({ traceID: SAMPLED.traceId });
    expect(warn.mock.calls).toEqual([
      [
        'traceFormat: fields.traceId: expected a name other than level and message, got ""; using traceID',
      ],
    ]);
    warn.mockRestore();
  });

  test("the line's own field of that name is replaced in a span and kept outside one", () => {
    const own = format((info) => ({ ...info, traceID: 'mine' }));
    expect(JSON.parse(line(SAMPLED, own(), traceFormat(), format.json()))).toMatchObject({
      traceID: SAMPLED.traceId,
    });
    expect(JSON.parse(line(undefined, own(), traceFormat(), format.json()))).toMatchObject({
      traceID: 'mine',
    });
  });

  test('a frozen info is copied, odd input passes through', () => {
    const frozen = format((info) => Object.freeze({ ...info }));
    const last = format((info) => ({ ...info }));
    expect(JSON.parse(line(SAMPLED, frozen(), traceFormat(), last(), format.json()))).toMatchObject(
      { traceID: SAMPLED.traceId },
    );

    const { transform } = traceFormat();
    within(SAMPLED, () => {
      for (const odd of [null, undefined, 0, 'text', true]) {
        expect(transform(odd as never)).toBe(odd);
      }
      const sealed = Object.defineProperty({ level: 'info', message: '' }, 'traceID', {
        set() {
          throw new Error('no');
        },
      });
      expect(transform(sealed)).toBe(sealed);
    });
  });

  test('a logged error keeps its stack and gets no ids of its own', () => {
    const error = new Error('broken');
    const { lines, transport } = collectLines();
    const logger = winston.createLogger({
      format: format.combine(traceFormat(), format.errors({ stack: true }), format.json()),
      transports: [transport],
    });
    within(SAMPLED, () => logger.error(error));
    logger.error(error);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      message: 'broken',
      stack: error.stack,
      traceID: SAMPLED.traceId,
    });
    expect(JSON.parse(lines[1] as string)).not.toHaveProperty('traceID');
    expect(Object.keys(error)).not.toContain('traceID');
  });

  test('in the text form the ids stand behind the message', () => {
    const text = `[trace_id=${SAMPLED.traceId} span_id=${SAMPLED.spanId}]`;
    expect(json(SAMPLED, { form: 'text' })).toEqual({
      level: 'info',
      message: `paid ${text}`,
      order: 7,
    });
    expect(line(SAMPLED, traceFormat({ form: 'text' }), format.simple())).toBe(
      `info: paid ${text} {"order":7}`,
    );
    const named = { form: 'text', fields: { traceId: 't', sampled: 'trace_sampled' } } as const;
    expect(json(UNSAMPLED, named).message).toBe(
      `paid [t=${SAMPLED.traceId} span_id=${SAMPLED.spanId} trace_sampled=false]`,
    );
    expect(json(undefined, { form: 'text' })).toMatchObject({ message: 'paid' });
  });

  test('in the nested form they share one field', () => {
    const ids = { traceID: SAMPLED.traceId, spanID: SAMPLED.spanId };
    expect(json(SAMPLED, { form: 'nested' })).toMatchObject({ trace: ids });
    const dotted = { form: 'nested', under: 'otel', fields: 'snake_case' } as const;
    expect(json(SAMPLED, dotted)).toMatchObject({ otel: { trace_flags: '01' } });
  });

  test('sampled says whether the link opens', () => {
    const fields = { sampled: 'sampled' };
    expect(json(SAMPLED, { fields })).toMatchObject({ sampled: true });
    expect(json(UNSAMPLED, { fields })).toMatchObject({ sampled: false });
  });

  test('zeros are written where there is no span, and over no own id', () => {
    const zeros = { traceID: '0'.repeat(32), spanID: '0'.repeat(16) };
    expect(json(undefined, { zeros: true })).toMatchObject(zeros);
    expect(json(UNSAMPLED, { zeros: true, sampledOnly: true })).toMatchObject(zeros);
    const own = format((info) => ({ ...info, traceID: 'mine' }));
    const kept = line(undefined, own(), traceFormat({ zeros: true }), format.json());
    expect(JSON.parse(kept)).toMatchObject({ traceID: 'mine' });
  });

  test('behind the format that makes the text it adds to the text', () => {
    const ids = { traceID: SAMPLED.traceId, spanID: SAMPLED.spanId };
    expect(JSON.parse(line(SAMPLED, format.json(), traceFormat()))).toMatchObject(ids);
    const nested = line(SAMPLED, format.json(), traceFormat({ form: 'nested' }));
    expect(JSON.parse(nested)).toMatchObject({ order: 7, trace: ids });
    const printf = format.printf((info) => `> ${info.message}`);
    expect(line(SAMPLED, printf, traceFormat())).toBe(
      `> paid [traceID=${SAMPLED.traceId} spanID=${SAMPLED.spanId}]`,
    );
    expect(line(SAMPLED, printf, traceFormat({ form: 'text' }))).toBe(
      `> paid [trace_id=${SAMPLED.traceId} span_id=${SAMPLED.spanId}]`,
    );
  });
});
