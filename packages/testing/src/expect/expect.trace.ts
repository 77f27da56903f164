import type { TelemetryStore } from '../store/telemetry.store.ts';
import type { Trace } from '../store/trace.ts';
import { explainTraces } from './explain.ts';
import {
  type ExpectedTrace,
  type MatchedTrace,
  type MatchOptions,
  matchTrace,
} from './match.trace.ts';
import { arrivals, storeOf, type TelemetrySource } from './source.ts';

/** How `expectTrace` waits and which traces it looks at. */
export interface ExpectTraceOptions extends MatchOptions {
  /** Milliseconds to wait for the trace, 10,000 by default. */
  readonly timeout?: number;
  /** Looks at this trace only (hex). */
  readonly traceId?: string;
  /** For so many milliseconds after its last span a matching trace must stay alone; 50 by default, 0 takes the first match. */
  readonly quiet?: number;
  /** Called after the match and before the last look: flush every sender here and no late span can hide. */
  readonly settle?: () => unknown;
}

/**
 * Waits until one trace is exactly the expected tree, and returns it. A trace with a span too many, a span missing, a parent that
 * did not arrive, a second root or a wrong name, kind, status, attribute or event is not. When the tree matches, the trace must stay
 * as it is for `quiet` milliseconds, and after `settle`; a span that arrives later than that is not seen.
 * @throws Error after the timeout; the message draws what arrived and marks what differs.
 * @example
 * const trace = await expectTrace(collector, {
 *   service: 'shop', name: 'GET /orders', kind: 'server', attributes: { 'http.response.status_code': 200 },
 *   spans: [{ service: 'shop', name: 'GET', kind: 'client' }],
 * });
 * trace.span('GET /orders', 'GET').attributes['server.port'];
 */
export async function expectTrace(
  source: TelemetrySource,
  expected: ExpectedTrace,
  options: ExpectTraceOptions = {},
): Promise<MatchedTrace> {
  const { timeout = 10_000, quiet = 50, settle } = options;
  const store = storeOf(source);
  const deadline = performance.now() + timeout;
  const find = finder(expected, options);
  for (;;) {
    const first = await wait(find, Math.max(0, deadline - performance.now()));
    await settle?.();
    await quietTrace(store, first.traceId, quiet, deadline);
    const last = store.trace(first.traceId);
    const { matched } = matchTrace(last ?? first, expected, options);
    if (matched) return matched;
  }

  async function wait(find: (store: TelemetryStore) => MatchedTrace | undefined, left: number) {
    try {
      return await store.waitFor(find, { timeout: left, what: 'the expected trace' });
    } catch (error) {
      const reason = (error as Error).message.replace(
        /within \d+(\.\d+)? ms/,
        `within ${timeout} ms`,
      );
      const why = explainTraces(chosen(store, options), expected, options);
      throw new Error([`expectTrace: ${reason}`, why, arrivals(source)].join('\n'), {
        cause: error,
      });
    }
  }
}

function chosen(store: TelemetryStore, { traceId }: ExpectTraceOptions): readonly Trace[] {
  if (traceId === undefined) return store.traces();
  const trace = store.trace(traceId);
  return trace ? [trace] : [];
}

/** Looks at a trace again only when it has grown. */
function finder(expected: ExpectedTrace, options: ExpectTraceOptions) {
  const seen = new Map<string, number>();
  return function findTrace(store: TelemetryStore): MatchedTrace | undefined {
    for (const trace of chosen(store, options)) {
      if (seen.get(trace.traceId) === trace.spans.length) continue;
      seen.set(trace.traceId, trace.spans.length);
      const { matched } = matchTrace(trace, expected, options);
      if (matched) return matched;
    }
    return undefined;
  };
}

/** Resolves when no span of the trace has arrived for so many milliseconds, or at the deadline. */
function quietTrace(store: TelemetryStore, traceId: string, quiet: number, deadline: number) {
  if (quiet <= 0) return Promise.resolve();
  return new Promise<void>((resolve) => {
    let timer = setTimeout(end, quiet);
    const stop = store.onArrival((batch) => {
      if (!batch.spans.some((span) => span.traceId === traceId)) return;
      clearTimeout(timer);
      timer = setTimeout(end, Math.max(0, Math.min(quiet, deadline - performance.now())));
    });
    function end(): void {
      stop();
      resolve();
    }
  });
}
