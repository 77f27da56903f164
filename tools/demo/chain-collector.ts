import type { TelemetryStore } from '@org/otel-testing/collector';

/** The collector between the services and the report, embedded or real. */
export interface ChainCollector extends AsyncDisposable {
  /** For people: what it is and where it listens. */
  readonly description: string;
  /** All that arrived, whichever way. */
  readonly store: TelemetryStore;
  /** The settings that lead a service's telemetry here. */
  environment(service: string): Record<string, string>;
  /** Told every line of a service's stdout. */
  onServiceLine(service: string, line: string): void;
  /** Forgets what arrived until now. */
  clear(): void;
  /** Ends it; the store then holds everything that it received. */
  stop(): Promise<void>;
}
