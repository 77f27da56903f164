import type { Attributes } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  type AggregationOption,
  AggregationTemporality,
  AggregationType,
  InstrumentType,
  MeterProvider,
  type MetricReaderOptions,
} from '@opentelemetry/sdk-metrics';
import type { HistogramAggregation, TemporalityPreference } from '../settings/settings.ts';
import { version } from '../version.ts';
import type { ApiExemplars } from './api-exemplars.ts';
import { boundaries } from './duration-histogram.ts';
import type { Exemplar } from './exemplar.ts';
import type { HttpDurations } from './http-durations.ts';
import type { MetricCollection } from './metric-collection.ts';
import type { MetricData, MetricPoint, ResourceMetrics, ScopeMetrics } from './metric-model.ts';
import { PulledReader } from './pulled-reader.ts';

/** What a receiver of OTLP wants of metrics. */
export interface MetricPreference {
  readonly temporalityPreference: TemporalityPreference;
  readonly histogramAggregation: HistogramAggregation;
}

/** Where the metrics come from that no reader has. */
interface MetricSources {
  readonly durations: HttpDurations;
  readonly exemplars: ApiExemplars;
  readonly collection: MetricCollection;
}

/**
 * All metrics as a receiver of OTLP prefers them, where that is not the default: a reader of its own over the SDK's
 * instruments, and the HTTP durations measured by the SDK a second time, with their exemplars put back.
 */
export class PreferredMetrics {
  /** For the provider of the application's instruments. */
  readonly reader: PulledReader;
  readonly #ownReader: PulledReader;
  readonly #own: MeterProvider;
  readonly #sources: MetricSources;

  constructor(preference: MetricPreference, resource: Resource, sources: MetricSources) {
    const options = readerOptions(preference);
    this.reader = new PulledReader(options);
    this.#ownReader = new PulledReader(options);
    this.#own = new MeterProvider({ resource, readers: [this.#ownReader] });
    this.#sources = sources;
    this.#mirror();
  }

  async collect(): Promise<ResourceMetrics> {
    const [own, all] = [await this.#ownReader.collect(), await this.reader.collect()];
    const { resource, scopeMetrics } = all.resourceMetrics as ResourceMetrics;
    const mirrored = (own.resourceMetrics as ResourceMetrics).scopeMetrics;
    const { durations, exemplars, collection } = this.#sources;
    const produced = await collection.collectProducers();
    const measured = withExemplars(mirrored, durations.collect());
    return { resource, scopeMetrics: [...exemplars.join(scopeMetrics), ...measured, ...produced] };
  }

  shutdown(): Promise<void> {
    return this.#own.shutdown();
  }

  #mirror(): void {
    const meter = this.#own.getMeter('@org/otel-core', version);
    for (const histogram of this.#sources.durations.histograms()) {
      const { name, description, unit } = histogram.info;
      const advice = { explicitBucketBoundaries: boundaries };
      histogram.mirrorTo(meter.createHistogram(name, { description, unit, advice }));
    }
  }
}

/** Whether a preference is what every reader gets anyway. */
export function isDefault(preference: MetricPreference): boolean {
  const { temporalityPreference, histogramAggregation } = preference;
  return (
    temporalityPreference === 'cumulative' && histogramAggregation === 'explicit_bucket_histogram'
  );
}

const DELTA_INSTRUMENTS: Readonly<Record<TemporalityPreference, readonly InstrumentType[]>> = {
  cumulative: [],
  delta: [InstrumentType.COUNTER, InstrumentType.OBSERVABLE_COUNTER, InstrumentType.HISTOGRAM],
  lowmemory: [InstrumentType.COUNTER, InstrumentType.HISTOGRAM],
};

function readerOptions(preference: MetricPreference): MetricReaderOptions {
  const delta = DELTA_INSTRUMENTS[preference.temporalityPreference];
  const isExponential = preference.histogramAggregation === 'base2_exponential_bucket_histogram';
  return {
    aggregationTemporalitySelector: (type) =>
      delta.includes(type) ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE,
    aggregationSelector: (type): AggregationOption =>
      isExponential && type === InstrumentType.HISTOGRAM
        ? { type: AggregationType.EXPONENTIAL_HISTOGRAM }
        : { type: AggregationType.DEFAULT },
  };
}

/** Each series with the exemplars that fall into its time. */
function withExemplars(scopes: ScopeMetrics[], sources: MetricData[]): ScopeMetrics[] {
  const exemplars = new Map<string, readonly Exemplar[]>();
  for (const { descriptor, dataPoints } of sources) {
    for (const { attributes, exemplars: found } of dataPoints)
      if (found) exemplars.set(seriesKey(descriptor.name, attributes), found);
  }
  const complete = (name: string) => (point: MetricPoint) => {
    const since = 1000 * point.startTime[0];
    const found = exemplars.get(seriesKey(name, point.attributes)) ?? [];
    return { ...point, exemplars: found.filter(({ time }) => time >= since) };
  };
  const completed = (metric: MetricData) => ({
    ...metric,
    dataPoints: metric.dataPoints.map(complete(metric.descriptor.name)),
  });
  return scopes.map((scope) => ({ ...scope, metrics: scope.metrics.map(completed) }));
}

function seriesKey(name: string, attributes: Attributes): string {
  return `${name} ${JSON.stringify(attributes)}`;
}
