import type { Signal, TelemetryBatch } from '../../telemetry.ts';
import { decodeJson, parseJson } from './decode.json.ts';
import { decodeProtobuf } from './decode.protobuf.ts';
import { logs } from './logs.ts';
import { metrics } from './metrics.ts';
import type { Raw } from './raw.ts';
import { requests } from './schema.ts';
import { spans } from './spans.ts';

/** How an OTLP request is written. */
export type Encoding = 'protobuf' | 'json';

/** Decodes the body of an export request; throws `Malformed`, which says where and why. */
export function decode(signal: Signal, encoding: Encoding, body: Uint8Array): TelemetryBatch {
  const message = requests[signal];
  const raw =
    encoding === 'protobuf'
      ? decodeProtobuf(message, body)
      : decodeJson(message, parseJson(Buffer.from(body).toString('utf8')));
  return batch(raw);
}

/** The batch of a request, or of an object that holds several signals side by side. */
export function batch(raw: Raw): TelemetryBatch {
  return { spans: spans(raw), logs: logs(raw), metrics: metrics(raw) };
}
