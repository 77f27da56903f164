import type { ResourceMetrics } from '../metrics/metric-model.ts';
import { otlpMetrics } from './otlp-metrics.ts';
import { metricsRequest } from './otlp-metrics-schema.ts';
import { jsonNumbers, protobufNumbers } from './otlp-numbers.ts';
import { writeProtobuf } from './protobuf-writer.ts';

/** Metrics as an OTLP request in protobuf. */
export function protobufMetrics(metrics: ResourceMetrics): Uint8Array {
  return writeProtobuf(metricsRequest, otlpMetrics(metrics, protobufNumbers));
}

/** Metrics as an OTLP request in JSON. */
export function jsonMetrics(metrics: ResourceMetrics): Uint8Array {
  return Buffer.from(JSON.stringify(otlpMetrics(metrics, jsonNumbers)));
}
