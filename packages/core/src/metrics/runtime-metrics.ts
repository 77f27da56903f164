import {
  constants,
  type PerformanceEntry,
  PerformanceObserver,
  performance,
} from 'node:perf_hooks';
import type { BatchObservableResult, Histogram, Meter, Observable } from '@opentelemetry/api';
import { type EventLoopReading, EventLoopWindow } from './event-loop-window.ts';

/** How the Node runtime is observed. */
export interface RuntimeMetricsOptions {
  /**
   * The least time, in milliseconds, that a reading of event loop delay and utilization covers. Set it a little
   * below the longest interval of the readers. Default 54,000 (for the default export interval of 60,000).
   */
  readonly windowMillis?: number;
  /** Whether nothing is measured before the first reading: for metrics that perhaps nobody reads. Default false. */
  readonly waits?: boolean;
}

const DELAYS = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'] as const;

/** Bucket bounds (seconds) that the semantic conventions advise for `v8js.gc.duration`. */
const GC_BOUNDS = [0.01, 0.1, 1, 10];

const GC_TYPES = new Map<number, string>([
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

/**
 * Reports the Node runtime by the semantic conventions: `nodejs.eventloop.delay.*` (gauges, s),
 * `nodejs.eventloop.utilization` (gauge, 1), `nodejs.eventloop.time` (counter, s), `v8js.gc.duration` (histogram, s)
 * and `v8js.memory.heap.*` (up-down counters, By). Figures are computed when a reader collects; between collections
 * there is no JavaScript to run except one record per garbage collection. Nothing keeps the process alive.
 *
 * @param meter - where the instruments are made
 * @returns stops everything that was started
 *
 * @example
 * ```ts
 * const stop = observeRuntime(metrics.getMeter('@org/otel-core'));
 * // … at the end of the process
 * stop();
 * ```
 */
export function observeRuntime(meter: Meter, options: RuntimeMetricsOptions = {}): () => void {
  const window = new EventLoopWindow(options.windowMillis ?? 54_000);
  const collections = new GarbageCollections(meter);
  function start(): void {
    window.start();
    collections.start();
  }
  if (!options.waits) start();
  const stops = [observeEventLoop(meter, window, start), observeHeap(meter)];
  return function stopRuntimeMetrics() {
    for (const stop of stops) stop();
    window.dispose();
    collections.stop();
  };
}

function observeEventLoop(meter: Meter, window: EventLoopWindow, start: () => void): () => void {
  const delays = DELAYS.map((figure) => ({ figure, gauge: delayGauge(meter, figure) }));
  const utilization = meter.createObservableGauge('nodejs.eventloop.utilization', {
    description: 'Event loop utilization.',
    unit: '1',
  });
  const time = meter.createObservableCounter('nodejs.eventloop.time', {
    description: 'Cumulative duration of time the event loop has been in each state.',
    unit: 's',
  });

  return observeTogether(
    meter,
    [...delays.map(({ gauge }) => gauge), utilization, time],
    function readEventLoop(result) {
      start();
      const { active, idle } = performance.eventLoopUtilization();
      result.observe(time, active / 1000, { 'nodejs.eventloop.state': 'active' });
      result.observe(time, idle / 1000, { 'nodejs.eventloop.state': 'idle' });
      const reading = window.read();
      if (!reading) return;
      for (const { figure, gauge } of delays) result.observe(gauge, reading[figure]);
      result.observe(utilization, reading.utilization);
    },
  );
}

const DELAY_WORDS: Record<(typeof DELAYS)[number], string> = {
  min: 'minimum delay',
  max: 'maximum delay',
  mean: 'mean delay',
  stddev: 'standard deviation of the delay',
  p50: '50 percentile delay',
  p90: '90 percentile delay',
  p99: '99 percentile delay',
};

function delayGauge(meter: Meter, figure: (typeof DELAYS)[number] & keyof EventLoopReading) {
  return meter.createObservableGauge(`nodejs.eventloop.delay.${figure}`, {
    description: `Event loop ${DELAY_WORDS[figure]}.`,
    unit: 's',
  });
}

function observeHeap(meter: Meter): () => void {
  const size = heapCounter(meter, 'space.size', 'Total heap memory size pre-allocated.');
  const used = heapCounter(meter, 'used', 'Heap memory size allocated.');
  const available = heapCounter(meter, 'space.available_size', 'Heap space available size.');
  const physical = heapCounter(meter, 'space.physical_size', 'Committed size of a heap space.');

  return observeTogether(meter, [size, used, available, physical], function readHeap(result) {
    for (const space of process.getBuiltinModule('node:v8').getHeapSpaceStatistics()) {
      const attributes = { 'v8js.heap.space.name': space.space_name };
      result.observe(size, space.space_size, attributes);
      result.observe(used, space.space_used_size, attributes);
      result.observe(available, space.space_available_size, attributes);
      result.observe(physical, space.physical_space_size, attributes);
    }
  });
}

function heapCounter(meter: Meter, name: string, description: string) {
  return meter.createObservableUpDownCounter(`v8js.memory.heap.${name}`, {
    description,
    unit: 'By',
  });
}

class GarbageCollections {
  readonly #duration: Histogram;
  #observer: PerformanceObserver | undefined;

  constructor(meter: Meter) {
    this.#duration = meter.createHistogram('v8js.gc.duration', {
      description: 'Garbage collection duration.',
      unit: 's',
      advice: { explicitBucketBoundaries: GC_BOUNDS },
    });
  }

  start(): void {
    if (this.#observer) return;
    this.#observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        this.#duration.record(entry.duration / 1000, { 'v8js.gc.type': gcType(entry) });
      }
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  stop(): void {
    this.#observer?.disconnect();
  }
}

/** V8 has a further kind (2, minor mark-sweep) which Node gives no constant for: it is a minor one. */
function gcType(entry: PerformanceEntry): string {
  const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
  return GC_TYPES.get(kind) ?? 'minor';
}

function observeTogether(
  meter: Meter,
  observables: Observable[],
  read: (result: BatchObservableResult) => void,
): () => void {
  meter.addBatchObservableCallback(read, observables);
  return function stopObserving() {
    meter.removeBatchObservableCallback(read, observables);
  };
}
