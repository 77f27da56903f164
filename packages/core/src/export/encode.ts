import {
  type ISerializer,
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ResourceMetrics } from '../metrics/metric-model.ts';
import { countPoints, metricParts } from '../metrics/metric-parts.ts';
import { jsonMetrics, protobufMetrics } from './encode-metrics.ts';
import { protobufSpans } from './encode-spans.ts';
import { joinJson, joinProtobuf } from './join-requests.ts';

/** What the receiver says of a batch it took. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

/** One signal in one encoding: a batch to bytes, and the receiver's bytes to what they say. */
export interface Encoding<T> {
  readonly contentType: string;
  encode(batch: T): Uint8Array;
  /** How many items it holds: spans, data points, log records. */
  count(batch: T): number;
  /** The batch in two or more parts; one part when there is nothing to part. */
  part(batch: T): T[];
  /** The first so many items, and the rest if there is one. */
  cut(batch: T, items: number): [T, T | undefined];
  /** Several encoded batches as one. */
  join(requests: Uint8Array[]): Uint8Array;
  /** Undefined when everything was accepted, or the answer cannot be read. */
  partialSuccess(answer: Uint8Array): PartialSuccess | undefined;
}

type Answer = { partialSuccess?: Record<string, unknown> };

type Shape<T> = Pick<Encoding<T>, 'count' | 'part' | 'cut'>;

function encoding<T>(
  contentType: string,
  serializer: unknown,
  rejectedField: string,
  shape: Shape<T>,
): Encoding<T> {
  const official = serializer as ISerializer<T, Answer>;
  return {
    contentType,
    ...shape,
    join: contentType === PROTOBUF ? joinProtobuf : joinJson,
    encode(batch) {
      const bytes = official.serializeRequest(batch);
      if (!bytes) throw new Error('the batch could not be encoded');
      return bytes;
    },
    partialSuccess(answer) {
      if (answer.length === 0) return undefined;
      const said = official.deserializeResponse(answer).partialSuccess;
      const rejected = Number(said?.[rejectedField] ?? 0);
      const message = String(said?.['errorMessage'] ?? '');
      return rejected > 0 || message !== '' ? { rejected, message } : undefined;
    },
  };
}

const list: Shape<never[]> = {
  count: (batch) => batch.length,
  part(batch) {
    const half = Math.ceil(batch.length / 2);
    return batch.length > 1 ? [batch.slice(0, half), batch.slice(half)] : [batch];
  },
  cut: (batch, items) =>
    items < batch.length ? [batch.slice(0, items), batch.slice(items)] : [batch, undefined],
};

const metricTree: Shape<ResourceMetrics> = {
  count: countPoints,
  part: metricParts,
  cut: (batch) => [batch, undefined],
};

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';

/**
 * encode(signal, batch) for OTLP 1.x. The official transformer does the rest of the work, and no other folder knows it;
 * metrics are encoded here, because it drops exemplars and knows no summary, and spans in protobuf, because of its time.
 */
export const encodings = {
  traces: {
    protobuf: {
      ...encoding<ReadableSpan[]>(PROTOBUF, ProtobufTraceSerializer, 'rejectedSpans', list),
      encode: protobufSpans,
    },
    json: encoding<ReadableSpan[]>(JSON_TYPE, JsonTraceSerializer, 'rejectedSpans', list),
  },
  metrics: {
    protobuf: {
      ...encoding<ResourceMetrics>(
        PROTOBUF,
        ProtobufMetricsSerializer,
        'rejectedDataPoints',
        metricTree,
      ),
      encode: protobufMetrics,
    },
    json: {
      ...encoding<ResourceMetrics>(
        JSON_TYPE,
        JsonMetricsSerializer,
        'rejectedDataPoints',
        metricTree,
      ),
      encode: jsonMetrics,
    },
  },
  logs: {
    protobuf: encoding<ReadableLogRecord[]>(
      PROTOBUF,
      ProtobufLogsSerializer,
      'rejectedLogRecords',
      list,
    ),
    json: encoding<ReadableLogRecord[]>(JSON_TYPE, JsonLogsSerializer, 'rejectedLogRecords', list),
  },
};
