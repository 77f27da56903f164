import type { ResourceMetrics } from '../metrics/metric-model.ts';
import { otlpMetrics } from './otlp-metrics.ts';
import { metricsRequest } from './otlp-metrics-schema.ts';
import { writeProtobuf } from './protobuf-writer.ts';

/** Metrics as an OTLP request in protobuf. */
export function protobufMetrics(metrics: ResourceMetrics): Uint8Array {
  return writeProtobuf(metricsRequest, otlpMetrics(metrics));
}

/** Metrics as an OTLP request in JSON. */
export function jsonMetrics(metrics: ResourceMetrics): Uint8Array {
  return Buffer.from(JSON.stringify(otlpMetrics(metrics), protobufJson));
}

/** Protobuf's JSON mapping: 64-bit integers are strings, and so are the numbers JSON has no word for. */
function protobufJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
