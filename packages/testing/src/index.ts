export * from './collector.ts';
export type {
  Compared,
  ExpectedSpan,
} from './expect/compare.trees.ts';
export { type ExpectedLog, type ExpectedSeverity, expectLog } from './expect/expect.log.ts';
export {
  type ExpectedExemplar,
  type ExpectedMetric,
  type ExpectedNumber,
  expectMetric,
  type MatchedMetric,
} from './expect/expect.metric.ts';
export {
  type ExpectNothingOptions,
  expectNoLog,
  expectNoMetric,
  expectNoTrace,
} from './expect/expect.nothing.ts';
export type { ExpectOptions } from './expect/expect.record.ts';
export { type ExpectTraceOptions, expectTrace } from './expect/expect.trace.ts';
export type {
  ExpectedEvent,
  ExpectedLink,
  ExpectedSpanFacts,
  ExpectedText,
} from './expect/match.span.ts';
export {
  type ExpectedTrace,
  type MatchedSpan,
  type MatchedTrace,
  type MatchOptions,
  matchTrace,
  type TraceMatch,
} from './expect/match.trace.ts';
export type { ExpectedAttributes, ExpectedValue, Predicate } from './expect/match.value.ts';
export type { TelemetrySource } from './expect/source.ts';
