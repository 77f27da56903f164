import type { TelemetrySink } from '../receive/telemetry.sink.ts';
import type { LogRecord, Metric, Span, TelemetryBatch } from '../telemetry.ts';
import type { Trace } from './trace.ts';

/** How long `waitFor` waits. */
export interface WaitOptions {
  /** Milliseconds, 10,000 by default. */
  readonly timeout?: number;
  /** What is waited for, for the message of the timeout. */
  readonly what?: string;
}

/** How much arrived since the start or the last `clear()`. */
export interface TelemetryCounts {
  readonly batches: number;
  readonly traces: number;
  readonly spans: number;
  readonly logs: number;
  readonly metrics: number;
}

/** Keeps in memory what was received, and tells those who wait. Everything is kept until `clear()`. */
export interface TelemetryStore extends TelemetrySink {
  /** Every trace, in the order of its first span's arrival. */
  traces(): Trace[];
  /** One trace by its id (hex); undefined when none of its spans arrived. */
  trace(traceId: string): Trace | undefined;
  /** Every span, in the order of arrival. */
  spans(): Span[];
  /** Every log record, in the order of arrival. */
  logs(): LogRecord[];
  /** Every metric of every export, in the order of arrival: a cumulative one comes again and again. */
  metrics(): Metric[];
  readonly counts: TelemetryCounts;
  /**
   * Resolves with what the predicate returns, as soon as that is neither undefined, null nor false. It is asked at once and after every arrival.
   * @throws Error when the time is over, when the predicate throws, or when the store is closed.
   */
  waitFor<T>(
    predicate: (store: TelemetryStore) => T | undefined | null | false,
    options?: WaitOptions,
  ): Promise<T>;
  /** Calls back after every arrival; returns how to stop it. */
  onArrival(listener: (batch: TelemetryBatch) => void): () => void;
  /** Forgets everything that arrived. Those who wait go on waiting. */
  clear(): void;
  /** Ends the waiting of all who wait, with an error. What arrived stays readable. */
  close(): void;
}

/** Makes an empty store. */
export function createStore(): TelemetryStore {
  const spans: Span[] = [];
  const logs: LogRecord[] = [];
  const metrics: Metric[] = [];
  const byTrace = new Map<string, Span[]>();
  const listeners = new Set<(batch: TelemetryBatch) => void>();
  const closers = new Set<() => void>();
  let batches = 0;

  const store: TelemetryStore = {
    add,
    traces: () => Array.from(byTrace, ([traceId, own]) => ({ traceId, spans: [...own] })),
    trace(traceId) {
      const own = byTrace.get(traceId.toLowerCase());
      return own && { traceId: traceId.toLowerCase(), spans: [...own] };
    },
    spans: () => [...spans],
    logs: () => [...logs],
    metrics: () => [...metrics],
    get counts() {
      return {
        batches,
        traces: byTrace.size,
        spans: spans.length,
        logs: logs.length,
        metrics: metrics.length,
      };
    },
    waitFor,
    onArrival(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      for (const list of [spans, logs, metrics]) list.length = 0;
      byTrace.clear();
      batches = 0;
    },
    close() {
      for (const end of [...closers]) end();
    },
  };
  return store;

  function add(batch: TelemetryBatch): void {
    batches += 1;
    for (const span of batch.spans) keepSpan(span);
    for (const log of batch.logs) logs.push(log);
    for (const metric of batch.metrics) metrics.push(metric);
    for (const tell of [...listeners]) tell(batch);
  }

  function keepSpan(span: Span): void {
    spans.push(span);
    const own = byTrace.get(span.traceId);
    if (own) own.push(span);
    else byTrace.set(span.traceId, [span]);
  }

  function waitFor<T>(
    predicate: (store: TelemetryStore) => T | undefined | null | false,
    { timeout = 10_000, what = 'the telemetry waited for' }: WaitOptions = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // Not unref'd: somebody awaits this, and the process must live to tell them.
      const timer = setTimeout(fail, timeout, `${what} did not arrive within ${timeout} ms`);
      const stop = store.onArrival(look);
      const close = () => fail(`the store was closed while waiting for ${what}`);
      closers.add(close);
      look();

      function look(): void {
        try {
          const found = predicate(store);
          if (found === undefined || found === null || found === false) return;
          end();
          resolve(found);
        } catch (error) {
          end();
          reject(error as Error);
        }
      }
      function fail(reason: string): void {
        end();
        reject(new Error(reason));
      }
      function end(): void {
        clearTimeout(timer);
        stop();
        closers.delete(close);
      }
    });
  }
}
