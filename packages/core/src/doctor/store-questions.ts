import type { SignalName } from '../settings/settings.ts';
import type { Probe } from './probe.ts';
import type { StoreName } from './read-back.ts';

/** What a store is asked for. */
export interface Question {
  readonly signal: SignalName;
  /** Of the API. */
  readonly path: string;
  /** Of the page for people, below the store's address. */
  readonly link: string;
  /** Whether an answer holds the probe. */
  isIn(answer: unknown): boolean;
}

/** How each store is asked for its part of a probe. */
export const questions: Readonly<Record<StoreName, (probe: Probe) => Question>> = {
  tempo({ traceId }) {
    const path = `/api/traces/${traceId}`;
    return { signal: 'traces', path, link: path, isIn: (answer) => holds(answer, 'otel-doctor') };
  },
  jaeger({ traceId }) {
    const [path, link] = [`/api/traces/${traceId}`, `/trace/${traceId}`];
    return { signal: 'traces', path, link, isIn: (answer) => holds(answer, traceId) };
  },
  loki({ id }) {
    // Every log record of OTLP has this label; the line is unique.
    const query = `{service_name=~".+"} |= "otel-doctor probe ${id}"`;
    const parameters = new URLSearchParams({ query, since: '1h', limit: '1' });
    const path = `/loki/api/v1/query_range?${parameters}`;
    return { signal: 'logs', path, link: path, isIn: hasResult };
  },
  prometheus({ id }) {
    // The name's dot and suffix depend on Prometheus's translation strategy.
    const query = `{__name__=~"otel_doctor.probes.*",probe="${id}"}`;
    return {
      signal: 'metrics',
      path: `/api/v1/query?${new URLSearchParams({ query })}`,
      link: `/graph?${new URLSearchParams({ 'g0.expr': query })}`,
      isIn: hasResult,
    };
  },
};

function holds(answer: unknown, text: string): boolean {
  return JSON.stringify(answer).includes(text);
}

function hasResult(answer: unknown): boolean {
  const { data } = answer as { data?: { result?: unknown[] } };
  return (data?.result?.length ?? 0) > 0;
}
