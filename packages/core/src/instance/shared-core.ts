import { type Channel, channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Route } from '../channels/server-request.ts';
import type { InstrumentListener } from '../metrics/instrument-news.ts';
import type { MetricProducer, ResourceMetrics } from '../metrics/metric-model.ts';
import type { Telemetry } from '../telemetry.ts';
import { version } from '../version.ts';
import type { ApiGlobals } from './api-globals.ts';

/** Raised when copies of this package can no longer understand each other's state. */
const PROTOCOL = 1;

/** What one process has once, however many copies of this package are loaded into it. */
export interface SharedCore {
  readonly protocol: number;
  /** Version of the copy that was first. */
  readonly version: string;
  readonly producers: Set<MetricProducer>;
  readonly instrumentListeners: Set<InstrumentListener>;
  /** When each kind of sentence was said last, in milliseconds since 1970: no copy repeats another. */
  readonly said: Map<string, number>;
  running: RunningCore | undefined;
}

/** The copy that runs, as the others see it. */
export interface RunningCore {
  readonly telemetry: Telemetry;
  readonly globals: ApiGlobals;
  /** Whether an instrumentation of ours is switched off; absent in older copies. */
  isDisabled?(name: string): boolean;
  setRoute(request: IncomingMessage, route: Route): void;
  recordError(request: IncomingMessage | undefined, error: unknown): void;
  /** Unknown to copies before 0.2. */
  activeRequest?(): IncomingMessage | undefined;
  collectMetrics(without: MetricProducer | undefined): Promise<ResourceMetrics>;
  repeatInstruments(listener: InstrumentListener): void;
}

const SHARED = Symbol.for('org.otel.core');

// A bundle, tsx beside --import, and each Jest file load a copy of their own. Diagnostics channels
// are the one registry they all share: Jest gives each file its own globalThis.
const door = channel('org.otel.core') as Channel & { [SHARED]?: SharedCore };

/** The state of this process, made by whichever copy asks first. */
export function sharedCore(): SharedCore {
  door[SHARED] ??= {
    protocol: PROTOCOL,
    version,
    producers: new Set(),
    instrumentListeners: new Set(),
    said: new Map(),
    running: undefined,
  };
  return door[SHARED];
}

/** The sentence to say when another copy came first and speaks another protocol. */
export function foreignCopy(): string | undefined {
  const { protocol, version: first } = sharedCore();
  if (protocol === PROTOCOL) return undefined;
  return `two versions of @org/otel-core are loaded that cannot share one process: ${first} runs, ${version} does nothing; install one version`;
}
