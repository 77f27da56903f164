import { plural } from '../show/plural.ts';
import { renderTrace } from '../show/render.trace.ts';
import type { Trace } from '../store/trace.ts';
import type { Span } from '../telemetry.ts';
import { type ExpectedLog, logMatcher } from './expect.log.ts';
import { type ExpectedMetric, metricMatcher } from './expect.metric.ts';
import { expectNoRecord } from './expect.record.ts';
import { indent } from './explain.ts';
import { type ExpectedSpanFacts, spanDifferences } from './match.span.ts';
import { storeOf, type TelemetrySource } from './source.ts';

/** When the absence is looked at. */
export interface ExpectNothingOptions {
  /** Awaited before the look: flush every sender here, for without a flush absence proves nothing. */
  readonly after?: () => unknown;
}

/**
 * Fails when a trace holds a span as stated; `{}` fails on any trace. An unstated status means any here.
 * @throws Error that draws the traces which should not be there.
 * @example
 * await expectNoTrace(collector, { name: 'GET /health' }, { after: () => telemetry.forceFlush() });
 */
export async function expectNoTrace(
  source: TelemetrySource,
  expected: Partial<ExpectedSpanFacts> = {},
  { after }: ExpectNothingOptions = {},
): Promise<void> {
  await after?.();
  const stated = { name: /^/, status: 'any', ...expected } as const;
  const matches = (span: Span) => spanDifferences(stated, span).length === 0;
  const found = storeOf(source)
    .traces()
    .filter((trace) => trace.spans.some(matches));
  if (found.length > 0) throw new Error(unexpectedTraces(found));
}

function unexpectedTraces(found: readonly Trace[]): string {
  const shown = found.slice(0, 5).map((trace) => indent(renderTrace(trace)));
  return [`expectNoTrace: ${plural(found.length, 'trace')} arrived:`, ...shown].join('\n');
}

/**
 * Fails when a log record is as stated; `{}` fails on any.
 * @throws Error that shows the records which should not be there.
 */
export async function expectNoLog(
  source: TelemetrySource,
  expected: ExpectedLog = {},
  { after }: ExpectNothingOptions = {},
): Promise<void> {
  await after?.();
  expectNoRecord(source, logMatcher('expectNoLog', expected));
}

/**
 * Fails when a metric has a data point as stated; `{}` fails on any.
 * @throws Error that shows the data points which should not be there.
 */
export async function expectNoMetric(
  source: TelemetrySource,
  expected: Partial<ExpectedMetric> = {},
  { after }: ExpectNothingOptions = {},
): Promise<void> {
  await after?.();
  expectNoRecord(source, metricMatcher('expectNoMetric', { name: /^/, ...expected }));
}
