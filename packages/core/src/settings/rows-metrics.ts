import { type ExemplarFilterName, exemplarFilterNames } from '../metrics/exemplar-filter.ts';
import { flag, milliseconds, oneOf, timeout } from './kinds.ts';
import { setting } from './setting.ts';
import {
  type HistogramAggregation,
  histogramAggregations,
  type TemporalityPreference,
  temporalityPreferences,
} from './settings.ts';

export const metricRows = {
  interval: setting({
    variables: ['OTEL_METRIC_EXPORT_INTERVAL'],
    options: ['metrics.interval'],
    kind: milliseconds(1),
    fallback: 60_000,
    says: 'Milliseconds between two exports.',
  }),
  timeout: setting({
    variables: ['OTEL_METRIC_EXPORT_TIMEOUT'],
    options: ['metrics.timeout'],
    kind: timeout,
    fallback: 30_000,
    says: 'Milliseconds one attempt to export may take, where the exporter’s own timeout is not shorter; 0 is no limit.',
  }),
  exemplarFilter: setting<ExemplarFilterName>({
    variables: ['OTEL_METRICS_EXEMPLAR_FILTER'],
    options: ['metrics.exemplarFilter'],
    kind: oneOf(exemplarFilterNames),
    fallback: 'trace_based',
    says: 'Which measurements may become exemplars; `trace_based`: those in sampled spans.',
  }),
  temporalityPreference: setting<TemporalityPreference>({
    variables: ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'],
    options: ['metrics.temporalityPreference'],
    kind: oneOf(temporalityPreferences),
    fallback: 'cumulative',
    says: 'What sums and histograms count from over OTLP: the start (`cumulative`), the last export (`delta`), or that only for synchronous instruments (`lowmemory`). Metrics of prom-client stay cumulative.',
  }),
  defaultHistogramAggregation: setting<HistogramAggregation>({
    variables: ['OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION'],
    options: ['metrics.defaultHistogramAggregation'],
    kind: oneOf(histogramAggregations),
    fallback: 'explicit_bucket_histogram',
    says: 'How histograms leave over OTLP.',
  }),
  sdkMetricsDisabled: setting({
    variables: ['OTEL_NODE_SDK_METRICS_DISABLED'],
    options: ['metrics.sdkMetricsDisabled'],
    kind: flag,
    fallback: false,
    says: '`true` leaves out `otel.sdk.*`: what became of the telemetry itself.',
  }),
};
