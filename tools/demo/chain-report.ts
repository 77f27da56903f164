import type { LogRecord, Metric, Span, TelemetryStore, Trace } from '@org/otel-testing/collector';
import { services } from './expected-chain.ts';
import { missingFromTrace } from './missing-from-trace.ts';

/** What one request left behind. */
export interface ChainReport {
  /** Undefined when no span arrived. */
  trace: Trace | undefined;
  /** The log lines that carry the trace's id, in the order of their time. */
  logs: LogRecord[];
  /** The metrics in the store: the latest of each name and service. */
  metrics: Metric[];
  /** What should be there and is not; empty when all is well. */
  missing: string[];
  /** `1 trace, 3 services, 6 spans, 3 log lines, 40 metrics`. */
  summary: string;
}

/** Reads the report of a trace off the store. */
export function chainReport(store: TelemetryStore, path: string, traceId?: string): ChainReport {
  const trace = traceId === undefined ? undefined : store.trace(traceId);
  const logs = store
    .logs()
    .filter((log) => log.traceId !== '' && log.traceId === traceId)
    .sort((a, b) => Number(a.time - b.time));
  const metrics = latestMetrics(store.metrics());
  const missing = [...missingFromTrace(trace, logs, path), ...missingMetrics(metrics)];
  return { trace, logs, metrics, missing, summary: summaryOf(trace?.spans ?? [], logs, metrics) };
}

function latestMetrics(metrics: Metric[]): Metric[] {
  const latest = new Map(metrics.map((metric) => [`${metric.service} ${metric.name}`, metric]));
  return [...latest.values()];
}

/** Every service of the chain counts its requests under the same name. */
function missingMetrics(metrics: Metric[]): string[] {
  const name = 'http.server.request.duration';
  return services
    .filter((service) => !metrics.some((each) => each.service === service && each.name === name))
    .map((service) => `metric ${name} of ${service}`);
}

function summaryOf(spans: readonly Span[], logs: LogRecord[], metrics: Metric[]): string {
  const involved = new Set(spans.map((span) => span.service)).size;
  return [
    count(spans.length ? 1 : 0, 'trace'),
    count(involved, 'service'),
    count(spans.length, 'span'),
    count(logs.length, 'log line'),
    count(metrics.length, 'metric'),
  ].join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
