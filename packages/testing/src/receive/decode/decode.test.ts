import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import type { Signal } from '../../telemetry.ts';
import { decode, type Encoding } from './decode.ts';

const resource = resourceFromAttributes({ 'service.name': 'shop', 'service.instance.id': '7' });

interface Serializer<Request> {
  serializeRequest(request: Request): Uint8Array | undefined;
}

/** What the official encoder writes, decoded by ours. */
function through<Request>(
  signal: Signal,
  encoding: Encoding,
  by: Serializer<Request>,
  request: Request,
) {
  const bytes = by.serializeRequest(request);
  if (!bytes) throw new Error('the official encoder wrote nothing');
  return decode(signal, encoding, bytes);
}

describe('what the official otlp-transformer writes', () => {
  test('spans, in protobuf and JSON alike', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({
      resource,
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
    });
    const tracer = provider.getTracer('shop-tracer', '1.2.3');
    const root = tracer.startSpan(
      'GET /orders',
      { kind: SpanKind.SERVER, startTime: [1_700_000_000, 5] },
      ROOT_CONTEXT,
    );
    const other = tracer.startSpan('other', {}, ROOT_CONTEXT);
    const child = tracer.startSpan(
      'GET',
      {
        kind: SpanKind.CLIENT,
        startTime: [1_700_000_000, 7],
        links: [{ context: other.spanContext(), attributes: { why: 'batch' } }],
        attributes: {
          text: 'Grüße',
          whole: 42,
          big: 2 ** 53 - 1,
          negative: -7,
          part: 0.5,
          yes: true,
          no: false,
          empty: '',
          texts: ['a', 'b'],
          wholes: [1, 2],
          parts: [0.5, 2.25],
        },
      },
      trace.setSpan(context.active(), root),
    );
    child.addEvent('retry', { attempt: 2 }, [1_700_000_000, 8]);
    child.setStatus({ code: SpanStatusCode.ERROR, message: 'refused' });
    child.end([1_700_000_001, 9]);
    root.end([1_700_000_002, 0]);
    const finished = exporter.getFinishedSpans();

    const fromProtobuf = through('traces', 'protobuf', ProtobufTraceSerializer, finished);
    expect(through('traces', 'json', JsonTraceSerializer, finished)).toEqual(fromProtobuf);
    expect(fromProtobuf.spans).toHaveLength(2);
    expect(fromProtobuf.spans[0]).toEqual({
      service: 'shop',
      resource: {
        attributes: { 'service.name': 'shop', 'service.instance.id': '7' },
        schemaUrl: '',
      },
      scope: { name: 'shop-tracer', version: '1.2.3', attributes: {}, schemaUrl: '' },
      traceId: root.spanContext().traceId,
      spanId: child.spanContext().spanId,
      parentSpanId: root.spanContext().spanId,
      traceState: '',
      flags: 0x101,
      name: 'GET',
      kind: 'client',
      startTime: 1_700_000_000_000_000_007n,
      endTime: 1_700_000_001_000_000_009n,
      status: { code: 'error', message: 'refused' },
      attributes: {
        text: 'Grüße',
        whole: 42,
        big: 2 ** 53 - 1,
        negative: -7,
        part: 0.5,
        yes: true,
        no: false,
        empty: '',
        texts: ['a', 'b'],
        wholes: [1, 2],
        parts: [0.5, 2.25],
      },
      events: [
        {
          name: 'retry',
          time: 1_700_000_000_000_000_008n,
          attributes: { attempt: 2 },
          droppedAttributes: 0,
        },
      ],
      links: [
        {
          traceId: other.spanContext().traceId,
          spanId: other.spanContext().spanId,
          traceState: '',
          flags: 0x101,
          attributes: { why: 'batch' },
          droppedAttributes: 0,
        },
      ],
      droppedAttributes: 0,
      droppedEvents: 0,
      droppedLinks: 0,
    });
    expect(fromProtobuf.spans[1]).toMatchObject({
      parentSpanId: '',
      kind: 'server',
      status: { code: 'unset' },
    });
  });

  test('log records, in protobuf and JSON alike', () => {
    const exporter = new InMemoryLogRecordExporter();
    const processors = [new SimpleLogRecordProcessor({ exporter })];
    const logger = new LoggerProvider({ resource, processors }).getLogger('winston');
    const spanContext = {
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      traceFlags: 1,
    };
    logger.emit({
      timestamp: [1_700_000_000, 1],
      observedTimestamp: [1_700_000_000, 2],
      severityNumber: 9,
      severityText: 'info',
      body: {
        order: 7,
        lines: ['a', { deep: true }],
        raw: new Uint8Array([1, 2, 255]),
        none: null,
      },
      eventName: 'order.taken',
      attributes: { nested: { part: 0.5 } },
      context: trace.setSpanContext(ROOT_CONTEXT, spanContext),
    });
    const finished = exporter.getFinishedLogRecords();

    const fromProtobuf = through('logs', 'protobuf', ProtobufLogsSerializer, finished);
    expect(through('logs', 'json', JsonLogsSerializer, finished)).toEqual(fromProtobuf);
    expect(fromProtobuf.logs).toMatchObject([
      {
        service: 'shop',
        time: 1_700_000_000_000_000_001n,
        observedTime: 1_700_000_000_000_000_002n,
        severity: 9,
        severityText: 'info',
        body: {
          order: 7,
          lines: ['a', { deep: true }],
          raw: new Uint8Array([1, 2, 255]),
          none: null,
        },
        eventName: 'order.taken',
        attributes: { nested: { part: 0.5 } },
        traceId: spanContext.traceId,
        spanId: spanContext.spanId,
        flags: 1,
      },
    ]);
  });

  test('metrics of every instrument, in protobuf and JSON alike', async () => {
    const reader = new PeriodicExportingMetricReader({
      exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
    });
    const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
    const views = [{ instrumentName: 'exponential', aggregation }];
    const provider = new MeterProvider({ resource, readers: [reader], views });
    const meter = provider.getMeter('shop-meter');
    meter
      .createCounter('orders', { unit: '{order}', description: 'taken' })
      .add(3, { kind: 'web' });
    meter.createUpDownCounter('open').add(-2);
    meter.createGauge('load').record(0.75);
    const histogram = meter.createHistogram('duration', {
      unit: 's',
      advice: { explicitBucketBoundaries: [0.1, 1] },
    });
    for (const value of [0.05, 0.5, 0.25, 5]) histogram.record(value);
    for (const value of [0, 1, 2, 4]) meter.createHistogram('exponential').record(value);
    const { resourceMetrics } = await reader.collect();
    await provider.shutdown();

    const fromProtobuf = through('metrics', 'protobuf', ProtobufMetricsSerializer, resourceMetrics);
    expect(through('metrics', 'json', JsonMetricsSerializer, resourceMetrics)).toEqual(
      fromProtobuf,
    );
    const named = Object.fromEntries(fromProtobuf.metrics.map((metric) => [metric.name, metric]));
    expect(named).toMatchObject({
      orders: {
        service: 'shop',
        unit: '{order}',
        description: 'taken',
        type: 'sum',
        temporality: 'cumulative',
        monotonic: true,
        points: [{ value: 3, attributes: { kind: 'web' } }],
      },
      open: { type: 'sum', monotonic: false, points: [{ value: -2 }] },
      load: { type: 'gauge', points: [{ value: 0.75 }] },
      duration: {
        type: 'histogram',
        unit: 's',
        points: [
          {
            count: 4,
            sum: 5.8,
            min: 0.05,
            max: 5,
            buckets: { bounds: [0.1, 1], counts: [1, 2, 1] },
          },
        ],
      },
      exponential: {
        type: 'exponentialHistogram',
        points: [
          {
            count: 4,
            sum: 7,
            min: 0,
            max: 4,
            exponential: { zeroCount: 1, positive: { offset: expect.any(Number) } },
          },
        ],
      },
    });
    const positive = named['exponential']?.points[0]?.exponential?.positive.counts ?? [];
    expect(positive.reduce((sum, count) => sum + count, 0)).toBe(3);
  });
});

const json = (signal: Signal, body: unknown) => {
  return decode(
    signal,
    'json',
    Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  );
};
const spanJson = (span: object) => ({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const metricJson = (metric: object) => ({
  resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }],
});

describe('OTLP/JSON', () => {
  test.each([
    ['a number', 3],
    ['a name', 'SPAN_KIND_CLIENT'],
    ['a number as text', '3'],
  ])('an enum may be %s', (_what, kind) => {
    expect(json('traces', spanJson({ kind })).spans[0]?.kind).toBe('client');
  });

  test('64-bit integers may be text or numbers, and keep every digit', () => {
    const text =
      '{"startTimeUnixNano": 1700000000000000007, "endTimeUnixNano": "1700000000000000009"}';
    const [span] = json('traces', `{"resourceSpans":[{"scopeSpans":[{"spans":[${text}]}]}]}`).spans;
    expect(span).toMatchObject({
      startTime: 1_700_000_000_000_000_007n,
      endTime: 1_700_000_000_000_000_009n,
    });
  });

  test('an integer beyond 2^53 is a bigint, below it a number', () => {
    const attributes = [
      { key: 'big', value: { intValue: '9223372036854775807' } },
      { key: 'small', value: { intValue: '-5' } },
      { key: 'bare', value: { intValue: 12 } },
    ];
    expect(json('traces', spanJson({ attributes })).spans[0]?.attributes).toEqual({
      big: 9223372036854775807n,
      small: -5,
      bare: 12,
    });
  });

  test('ids are hex in either case; zeros are none', () => {
    const span = {
      traceId: '4BF92F3577B34DA6A3CE929D0E0E4736',
      spanId: '00F067AA0BA902B7',
      parentSpanId: '0000000000000000',
    };
    expect(json('traces', spanJson(span)).spans[0]).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      parentSpanId: '',
    });
  });

  test('null, absent and unknown fields change nothing', () => {
    const span = {
      name: 'x',
      traceState: null,
      entirelyNew: { deep: [1] },
      attributes: [{ key: 'none', value: {} }],
    };
    expect(json('traces', spanJson(span)).spans[0]).toMatchObject({
      name: 'x',
      traceState: '',
      attributes: { none: null },
    });
  });

  test('an attribute called __proto__ is an attribute', () => {
    const attributes = [{ key: '__proto__', value: { stringValue: 'x' } }];
    const [span] = json('traces', spanJson({ attributes })).spans;
    expect(Object.entries(span?.attributes ?? {})).toEqual([['__proto__', 'x']]);
  });

  test('doubles may be NaN and infinite; exemplars and summaries are read', () => {
    const point = {
      asDouble: 'NaN',
      exemplars: [
        {
          asInt: '5',
          spanId: '00f067aa0ba902b7',
          filteredAttributes: [{ key: 'a', value: { boolValue: true } }],
        },
      ],
    };
    const [gauge] = json(
      'metrics',
      metricJson({ name: 'g', gauge: { dataPoints: [point] } }),
    ).metrics;
    expect(gauge?.points[0]).toMatchObject({
      value: NaN,
      exemplars: [{ value: 5, spanId: '00f067aa0ba902b7', attributes: { a: true } }],
    });
    const quantile = {
      count: '2',
      sum: 3.5,
      quantileValues: [{ quantile: 0.99, value: '-Infinity' }],
    };
    const [summary] = json(
      'metrics',
      metricJson({ name: 's', summary: { dataPoints: [quantile] } }),
    ).metrics;
    expect(summary).toMatchObject({
      type: 'summary',
      points: [{ count: 2, sum: 3.5, quantiles: [{ quantile: 0.99, value: -Infinity }] }],
    });
  });

  test.each([
    ['not JSON', '{"resourceSpans": [', /not JSON/],
    ['a list', [], /ExportTraceServiceRequest: expected an object, got \[\]/],
    ['an object for an array', { resourceSpans: {} }, /resourceSpans: expected an array, got {}/],
    [
      'a base64 id',
      spanJson({ traceId: 'S/kvNXezTaajzpKdDg5HNg==' }),
      /spans\[0\]\.traceId: expected 32 hex digits/,
    ],
    ['a short id', spanJson({ spanId: '00f0' }), /spanId: expected 16 hex digits, got "00f0"/],
    [
      'an unknown enum name',
      spanJson({ kind: 'SERVER' }),
      /kind: expected the name or number of an enum value, got "SERVER"/,
    ],
    [
      'a negative time',
      spanJson({ startTimeUnixNano: '-1' }),
      /startTimeUnixNano: expected a fixed64, got "-1"/,
    ],
    ['a broken number', spanJson({ flags: 1.5 }), /flags: expected a fixed32, got 1.5/],
    [
      'an integer too large',
      spanJson({ attributes: [{ value: { intValue: '9223372036854775808' } }] }),
      /intValue: expected a int64/,
    ],
    ['a number for a text', spanJson({ name: 7 }), /name: expected a string, got 7/],
    [
      'text for a bool',
      spanJson({ attributes: [{ value: { boolValue: 'true' } }] }),
      /boolValue: expected a bool/,
    ],
    [
      'bytes that are not base64',
      spanJson({ attributes: [{ value: { bytesValue: '#' } }] }),
      /bytesValue: expected base64/,
    ],
    [
      'an empty double',
      metricJson({ gauge: { dataPoints: [{ asDouble: '' }] } }),
      /asDouble: expected a double, got ""/,
    ],
  ])('%s is refused with its place', (_what, body, reason) => {
    const signal = JSON.stringify(body).includes('resourceMetrics') ? 'metrics' : 'traces';
    expect(() => json(signal, body)).toThrow(reason);
  });

  test('a value nested without end is refused', () => {
    const depth = 50_000;
    const value = `${'{"arrayValue":{"values":['.repeat(depth)}{}${']}}'.repeat(depth)}`;
    const text = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${value}}]}]}]}`;
    expect(() => json('logs', text)).toThrow(/nested deeper than 100/);
  });
});
