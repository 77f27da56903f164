/** How the value of a field is written: on the wire, and in OTLP/JSON. `id` is bytes on the wire and hex in JSON. */
export type Scalar =
  | 'string'
  | 'bool'
  | 'int64'
  | 'uint64'
  | 'fixed64'
  | 'sfixed64'
  | 'uint32'
  | 'fixed32'
  | 'sint32'
  | 'double'
  | 'bytes'
  | 'traceId'
  | 'spanId';

/** One field of a message. */
export interface Field {
  readonly number: number;
  readonly type: Scalar | 'enum' | (() => Message);
  readonly repeated?: true;
  /** Members of the same oneof push each other out. */
  readonly oneof?: string;
  /** The names of an enum's values, by number. */
  readonly names?: readonly string[];
}

/** One message of the protocol: its fields by their name in OTLP/JSON. */
export interface Message {
  readonly name: string;
  readonly fields: { readonly [name: string]: Field };
  readonly byNumber: ReadonlyMap<number, readonly [string, Field]>;
}

function message(name: string, fields: { readonly [name: string]: Field }): Message {
  const byNumber = new Map(
    Object.entries(fields).map((entry) => [entry[1].number, entry] as const),
  );
  return { name, fields, byNumber };
}

const one = (number: number, type: Field['type']): Field => ({ number, type });
const many = (number: number, type: Field['type']): Field => ({ number, type, repeated: true });
const either = (oneof: string, number: number, type: Field['type']): Field => ({
  number,
  type,
  oneof,
});

const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const severities = levels.flatMap((level) => [level, `${level}2`, `${level}3`, `${level}4`]);
const temporalities = ['UNSPECIFIED', 'DELTA', 'CUMULATIVE'];

function enumeration(number: number, prefix: string, names: readonly string[]): Field {
  return { number, type: 'enum', names: names.map((name) => `${prefix}_${name}`) };
}

const temporality = enumeration(2, 'AGGREGATION_TEMPORALITY', temporalities);

const anyValue = message('AnyValue', {
  stringValue: either('value', 1, 'string'),
  boolValue: either('value', 2, 'bool'),
  intValue: either('value', 3, 'int64'),
  doubleValue: either('value', 4, 'double'),
  arrayValue: either('value', 5, () => arrayValue),
  kvlistValue: either('value', 6, () => keyValueList),
  bytesValue: either('value', 7, 'bytes'),
});
const arrayValue = message('ArrayValue', { values: many(1, () => anyValue) });
const keyValueList = message('KeyValueList', { values: many(1, () => keyValue) });
const keyValue = message('KeyValue', { key: one(1, 'string'), value: one(2, () => anyValue) });

const attributes = (number: number) => many(number, () => keyValue);

const scope = message('InstrumentationScope', {
  name: one(1, 'string'),
  version: one(2, 'string'),
  attributes: attributes(3),
  droppedAttributesCount: one(4, 'uint32'),
});
const resource = message('Resource', {
  attributes: attributes(1),
  droppedAttributesCount: one(2, 'uint32'),
});

/** The two levels that every signal wraps its records in. */
function grouped(signal: string, records: string, record: () => Message): Message {
  const scoped = message(`Scope${signal}`, {
    scope: one(1, () => scope),
    [records]: many(2, record),
    schemaUrl: one(3, 'string'),
  });
  return message(`Resource${signal}`, {
    resource: one(1, () => resource),
    [`scope${signal}`]: many(2, () => scoped),
    schemaUrl: one(3, 'string'),
  });
}

const event = message('Span.Event', {
  timeUnixNano: one(1, 'fixed64'),
  name: one(2, 'string'),
  attributes: attributes(3),
  droppedAttributesCount: one(4, 'uint32'),
});
const link = message('Span.Link', {
  traceId: one(1, 'traceId'),
  spanId: one(2, 'spanId'),
  traceState: one(3, 'string'),
  attributes: attributes(4),
  droppedAttributesCount: one(5, 'uint32'),
  flags: one(6, 'fixed32'),
});
const status = message('Status', {
  message: one(2, 'string'),
  code: enumeration(3, 'STATUS_CODE', ['UNSET', 'OK', 'ERROR']),
});
const span = message('Span', {
  traceId: one(1, 'traceId'),
  spanId: one(2, 'spanId'),
  traceState: one(3, 'string'),
  parentSpanId: one(4, 'spanId'),
  name: one(5, 'string'),
  kind: enumeration(6, 'SPAN_KIND', kinds),
  startTimeUnixNano: one(7, 'fixed64'),
  endTimeUnixNano: one(8, 'fixed64'),
  attributes: attributes(9),
  droppedAttributesCount: one(10, 'uint32'),
  events: many(11, () => event),
  droppedEventsCount: one(12, 'uint32'),
  links: many(13, () => link),
  droppedLinksCount: one(14, 'uint32'),
  status: one(15, () => status),
  flags: one(16, 'fixed32'),
});

const logRecord = message('LogRecord', {
  timeUnixNano: one(1, 'fixed64'),
  severityNumber: enumeration(2, 'SEVERITY_NUMBER', ['UNSPECIFIED', ...severities]),
  severityText: one(3, 'string'),
  body: one(5, () => anyValue),
  attributes: attributes(6),
  droppedAttributesCount: one(7, 'uint32'),
  flags: one(8, 'fixed32'),
  traceId: one(9, 'traceId'),
  spanId: one(10, 'spanId'),
  observedTimeUnixNano: one(11, 'fixed64'),
  eventName: one(12, 'string'),
});

const exemplar = message('Exemplar', {
  timeUnixNano: one(2, 'fixed64'),
  asDouble: either('value', 3, 'double'),
  spanId: one(4, 'spanId'),
  traceId: one(5, 'traceId'),
  asInt: either('value', 6, 'sfixed64'),
  filteredAttributes: attributes(7),
});
const exemplars = (number: number) => many(number, () => exemplar);
const times = { startTimeUnixNano: one(2, 'fixed64'), timeUnixNano: one(3, 'fixed64') };

const numberPoint = message('NumberDataPoint', {
  ...times,
  asDouble: either('value', 4, 'double'),
  exemplars: exemplars(5),
  asInt: either('value', 6, 'sfixed64'),
  attributes: attributes(7),
  flags: one(8, 'uint32'),
});
const histogramPoint = message('HistogramDataPoint', {
  ...times,
  count: one(4, 'fixed64'),
  sum: one(5, 'double'),
  bucketCounts: many(6, 'fixed64'),
  explicitBounds: many(7, 'double'),
  exemplars: exemplars(8),
  attributes: attributes(9),
  flags: one(10, 'uint32'),
  min: one(11, 'double'),
  max: one(12, 'double'),
});
const buckets = message('ExponentialHistogramDataPoint.Buckets', {
  offset: one(1, 'sint32'),
  bucketCounts: many(2, 'uint64'),
});
const exponentialPoint = message('ExponentialHistogramDataPoint', {
  attributes: attributes(1),
  ...times,
  count: one(4, 'fixed64'),
  sum: one(5, 'double'),
  scale: one(6, 'sint32'),
  zeroCount: one(7, 'fixed64'),
  positive: one(8, () => buckets),
  negative: one(9, () => buckets),
  flags: one(10, 'uint32'),
  exemplars: exemplars(11),
  min: one(12, 'double'),
  max: one(13, 'double'),
  zeroThreshold: one(14, 'double'),
});
const quantile = message('SummaryDataPoint.ValueAtQuantile', {
  quantile: one(1, 'double'),
  value: one(2, 'double'),
});
const summaryPoint = message('SummaryDataPoint', {
  ...times,
  count: one(4, 'fixed64'),
  sum: one(5, 'double'),
  quantileValues: many(6, () => quantile),
  attributes: attributes(7),
  flags: one(8, 'uint32'),
});

const gauge = message('Gauge', { dataPoints: many(1, () => numberPoint) });
const sum = message('Sum', {
  dataPoints: many(1, () => numberPoint),
  aggregationTemporality: temporality,
  isMonotonic: one(3, 'bool'),
});
const histogram = message('Histogram', {
  dataPoints: many(1, () => histogramPoint),
  aggregationTemporality: temporality,
});
const exponentialHistogram = message('ExponentialHistogram', {
  dataPoints: many(1, () => exponentialPoint),
  aggregationTemporality: temporality,
});
const summary = message('Summary', { dataPoints: many(1, () => summaryPoint) });

const metric = message('Metric', {
  name: one(1, 'string'),
  description: one(2, 'string'),
  unit: one(3, 'string'),
  gauge: either('data', 5, () => gauge),
  sum: either('data', 7, () => sum),
  histogram: either('data', 9, () => histogram),
  exponentialHistogram: either('data', 10, () => exponentialHistogram),
  summary: either('data', 11, () => summary),
  metadata: attributes(12),
});

const resourceSpans = grouped('Spans', 'spans', () => span);
const resourceLogs = grouped('Logs', 'logRecords', () => logRecord);
const resourceMetrics = grouped('Metrics', 'metrics', () => metric);

/** The request message of each signal, as opentelemetry-proto 1.10 has it. */
export const requests = {
  traces: message('ExportTraceServiceRequest', { resourceSpans: many(1, () => resourceSpans) }),
  logs: message('ExportLogsServiceRequest', { resourceLogs: many(1, () => resourceLogs) }),
  metrics: message('ExportMetricsServiceRequest', {
    resourceMetrics: many(1, () => resourceMetrics),
  }),
};
