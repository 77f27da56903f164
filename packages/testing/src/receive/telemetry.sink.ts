import type { TelemetryBatch } from '../telemetry.ts';

/** Takes what was received; the store is one, anything with `add` is another. */
export interface TelemetrySink {
  add(batch: TelemetryBatch): void;
}
