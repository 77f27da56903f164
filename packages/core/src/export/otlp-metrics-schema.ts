import type { MessageSchema } from './protobuf-writer.ts';

// Field numbers of opentelemetry-proto 1.x: collector/metrics/v1, metrics/v1, common/v1 and resource/v1.

const anyValue: MessageSchema = {
  stringValue: [1, 'string'],
  boolValue: [2, 'bool'],
  intValue: [3, 'varint'],
  doubleValue: [4, 'double'],
  arrayValue: [5, { values: [1, () => anyValue] }],
};

const keyValue: MessageSchema = { key: [1, 'string'], value: [2, anyValue] };

const exemplar: MessageSchema = {
  timeUnixNano: [2, 'fixed64'],
  asDouble: [3, 'double'],
  spanId: [4, 'hex'],
  traceId: [5, 'hex'],
  filteredAttributes: [7, keyValue],
};

const numberPoint: MessageSchema = {
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  asDouble: [4, 'double'],
  exemplars: [5, exemplar],
  asInt: [6, 'fixed64'],
  attributes: [7, keyValue],
};

const histogramPoint: MessageSchema = {
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  bucketCounts: [6, 'packed fixed64'],
  explicitBounds: [7, 'packed double'],
  exemplars: [8, exemplar],
  attributes: [9, keyValue],
  min: [11, 'double'],
  max: [12, 'double'],
};

const exponentialHalf: MessageSchema = {
  offset: [1, 'zigzag'],
  bucketCounts: [2, 'packed varint'],
};

const exponentialPoint: MessageSchema = {
  attributes: [1, keyValue],
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  scale: [6, 'zigzag'],
  zeroCount: [7, 'fixed64'],
  positive: [8, exponentialHalf],
  negative: [9, exponentialHalf],
  exemplars: [11, exemplar],
  min: [12, 'double'],
  max: [13, 'double'],
};

const summaryPoint: MessageSchema = {
  startTimeUnixNano: [2, 'fixed64'],
  timeUnixNano: [3, 'fixed64'],
  count: [4, 'fixed64'],
  sum: [5, 'double'],
  quantileValues: [6, { quantile: [1, 'double'], value: [2, 'double'] }],
  attributes: [7, keyValue],
};

const metric: MessageSchema = {
  name: [1, 'string'],
  description: [2, 'string'],
  unit: [3, 'string'],
  gauge: [5, { dataPoints: [1, numberPoint] }],
  sum: [
    7,
    {
      dataPoints: [1, numberPoint],
      aggregationTemporality: [2, 'varint'],
      isMonotonic: [3, 'bool'],
    },
  ],
  histogram: [9, { dataPoints: [1, histogramPoint], aggregationTemporality: [2, 'varint'] }],
  exponentialHistogram: [
    10,
    { dataPoints: [1, exponentialPoint], aggregationTemporality: [2, 'varint'] },
  ],
  summary: [11, { dataPoints: [1, summaryPoint] }],
};

const scopeMetrics: MessageSchema = {
  scope: [1, { name: [1, 'string'], version: [2, 'string'] }],
  metrics: [2, metric],
  schemaUrl: [3, 'string'],
};

/** The request of OTLP's metrics service, as far as this package fills it. */
export const metricsRequest: MessageSchema = {
  resourceMetrics: [
    1,
    {
      resource: [1, { attributes: [1, keyValue] }],
      scopeMetrics: [2, scopeMetrics],
      schemaUrl: [3, 'string'],
    },
  ],
};
