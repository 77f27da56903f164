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
import { jsonMetrics, protobufMetrics } from './encode-metrics.ts';

/** What the receiver says of a batch it took. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

/** One signal in one encoding: a batch to bytes, and the receiver's bytes to what they say. */
export interface Encoding<T> {
  readonly contentType: string;
  encode(batch: T): Uint8Array;
  /** Undefined when everything was accepted, or the answer cannot be read. */
  partialSuccess(answer: Uint8Array): PartialSuccess | undefined;
}

type Answer = { partialSuccess?: Record<string, unknown> };

function encoding<T>(contentType: string, serializer: unknown, rejectedField: string): Encoding<T> {
  const official = serializer as ISerializer<T, Answer>;
  return {
    contentType,
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

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';

/**
 * encode(signal, batch) for OTLP 1.x. The official transformer does the work, and no other folder knows it; metrics are
 * encoded here, because it drops exemplars and knows no summary.
 */
export const encodings = {
  traces: {
    protobuf: encoding<ReadableSpan[]>(PROTOBUF, ProtobufTraceSerializer, 'rejectedSpans'),
    json: encoding<ReadableSpan[]>(JSON_TYPE, JsonTraceSerializer, 'rejectedSpans'),
  },
  metrics: {
    protobuf: {
      ...encoding<ResourceMetrics>(PROTOBUF, ProtobufMetricsSerializer, 'rejectedDataPoints'),
      encode: protobufMetrics,
    },
    json: {
      ...encoding<ResourceMetrics>(JSON_TYPE, JsonMetricsSerializer, 'rejectedDataPoints'),
      encode: jsonMetrics,
    },
  },
  logs: {
    protobuf: encoding<ReadableLogRecord[]>(PROTOBUF, ProtobufLogsSerializer, 'rejectedLogRecords'),
    json: encoding<ReadableLogRecord[]>(JSON_TYPE, JsonLogsSerializer, 'rejectedLogRecords'),
  },
};
