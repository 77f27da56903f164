import type { SignalStats } from './export/tally.ts';

/** What became of the telemetry of this process since `init()`, by signal. */
export interface TelemetryStats {
  /** Spans. */
  readonly traces: SignalStats;
  /** Metric data points. */
  readonly metrics: SignalStats;
  /** Log records. */
  readonly logs: SignalStats;
}

/** How long a flush is waited for. */
export interface FlushOptions {
  /** Milliseconds; what is not acknowledged by then stays on its way. @defaultValue until every batch is settled */
  readonly timeoutMillis?: number;
}

/**
 * A running SDK. None of its methods throws or rejects.
 *
 * @example
 * ```ts
 * const telemetry: Telemetry = init();
 * await telemetry.forceFlush();
 * ```
 */
export interface Telemetry extends AsyncDisposable {
  /** `false` when there is nothing running: `OTEL_SDK_DISABLED=true`, or a runtime that is not supported. */
  readonly enabled: boolean;
  /**
   * Resolves once everything recorded before the call was acknowledged by the receiver, or lost (a
   * receiver that is away is waited for as long as the buffer keeps things, 300 s by default), or the
   * wait given here is over. Where nobody ever listened and connections are refused, it tries once.
   */
  forceFlush(options?: FlushOptions): Promise<void>;
  /** Flushes, then takes everything down: channels, timers, signal handlers, API globals. At most 5 s. Afterwards `init()` starts anew. */
  shutdown(): Promise<void>;
  /** Counts by signal; cheap enough for a health endpoint. */
  stats(): TelemetryStats;
}

const nothing: SignalStats = { queued: 0, exported: 0, dropped: 0, failed: 0 };

/** The handle of an SDK that does nothing. */
export const inertTelemetry: Telemetry = {
  enabled: false,
  async forceFlush() {},
  async shutdown() {},
  stats: () => ({ traces: nothing, metrics: nothing, logs: nothing }),
  async [Symbol.asyncDispose]() {},
};
