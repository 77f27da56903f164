import type { Resource } from '@opentelemetry/resources';
import { MeterProvider as SdkMeterProvider } from '@opentelemetry/sdk-metrics';
import { allOf } from '../export/all-of.ts';
import { metricExporters } from '../export/exporter-for.ts';
import { exporterNews, ownExporter } from '../export/own-exporter.ts';
import type { RetryBuffer } from '../export/retry-buffer.ts';
import { totalStats } from '../export/total-stats.ts';
import type { SharedCore } from '../instance/shared-core.ts';
import type { DeliveryNews } from '../lifecycle/delivery-news.ts';
import type { Pipeline } from '../pipeline.ts';
import { servePrometheus } from '../prometheus/serve-prometheus.ts';
import type { ExporterName, Settings } from '../settings/settings.ts';
import { version } from '../version.ts';
import { AnnouncingMeterProvider } from './announcing-meter.ts';
import { ApiExemplars } from './api-exemplars.ts';
import { BodySizes } from './body-sizes.ts';
import { exemplarFilters } from './exemplar-filter.ts';
import { HttpDurations } from './http-durations.ts';
import { InstrumentNews } from './instrument-news.ts';
import { MetricCollection } from './metric-collection.ts';
import { MetricInterval } from './metric-interval.ts';
import type { ResourceMetrics } from './metric-model.ts';
import { countPoints } from './metric-parts.ts';
import { OldHttpDurations } from './old-http-durations.ts';
import { ownReaders } from './own-readers.ts';
import { isDefault, PreferredMetrics } from './preferred-metrics.ts';
import { observeRuntime } from './runtime-metrics.ts';
import { usableViews } from './usable-views.ts';

/** All instruments, collected at an interval for each exporter. */
export interface MetricPipeline extends Pipeline {
  readonly provider: AnnouncingMeterProvider;
  readonly collection: MetricCollection;
  readonly news: InstrumentNews;
  /** Undefined while metrics go nowhere, neither to an exporter or a scraper nor to a reader in this process: then nothing is counted either. */
  readonly durations: HttpDurations | undefined;
}

export function metricPipeline(
  settings: Settings,
  resource: Resource,
  shared: SharedCore,
  buffer: RetryBuffer,
  newsOf: (url: string) => DeliveryNews,
): MetricPipeline {
  const { exporters, otlp, batch } = settings.metrics;
  const durations = new HttpDurations(exemplarFilters[settings.metrics.exemplarFilter]);
  const exemplars = new ApiExemplars(settings.metrics.exemplarFilter);
  const collection = new MetricCollection(durations, exemplars, shared.producers);
  const preferred =
    exporters.some(isOverOtlp) && !isDefault(settings.metrics)
      ? new PreferredMetrics(settings.metrics, resource, { durations, exemplars, collection })
      : undefined;
  const collectors = preferred ? [collection.reader, preferred.reader] : [collection.reader];
  const views = usableViews(settings.extensions.views);
  const sdk = new SdkMeterProvider({ resource, readers: collectors, views });
  const news = new InstrumentNews(shared.instrumentListeners);
  const provider = new AnnouncingMeterProvider(sdk, news, exemplars);
  const intervals = exporters.map((name) => {
    const { onAway, onSettled } = newsOf(otlp.url);
    const exporter = metricExporters[name](
      otlp,
      buffer,
      onAway,
      resource.waitForAsyncAttributes?.(),
    );
    const source = isOverOtlp(name) ? (preferred ?? collection) : collection;
    return new MetricInterval(source, exporter, batch.delayMillis, onSettled);
  });
  for (const own of settings.extensions.metricExporters) {
    const exporter = ownExporter<ResourceMetrics>(own, countPoints);
    const onSettled = exporterNews('a metric exporter');
    intervals.push(new MetricInterval(collection, exporter, batch.delayMillis, onSettled));
  }
  const { metricReaders } = settings.extensions;
  const readers = ownReaders(metricReaders, collection);
  const { prometheus } = settings.metrics;
  const endpoint = prometheus && servePrometheus(prometheus, () => collection.collect());
  for (const instrument of durations.instruments()) news.announce(instrument);
  const meter = provider.getMeter('@org/otel-core', version);
  if (settings.http.bodySizes) durations.sizes = new BodySizes(meter);
  if (settings.http.oldNames) durations.old = new OldHttpDurations(meter);
  const isRuntimeSeen = !settings.disabledInstrumentations.has('runtime');
  const leaves = intervals.length + metricReaders.length > 0 || endpoint !== undefined;
  const runtime = { windowMillis: 0.9 * batch.delayMillis, waits: !leaves };
  const stopRuntime = isRuntimeSeen && observeRuntime(meter, runtime);
  return {
    provider,
    collection,
    news,
    get durations() {
      const wanted = leaves || shared.instrumentListeners.size > 0 || collection.isRead;
      return wanted ? durations : undefined;
    },
    flush: () => allOf([readers, ...intervals], (part) => part.flush()),
    async shutdown() {
      await allOf([readers, ...intervals], (part) => part.shutdown());
      endpoint?.close();
      if (stopRuntime) stopRuntime();
      await preferred?.shutdown();
      await sdk.shutdown();
    },
    giveUp: () => intervals.forEach((each) => void each.giveUp()),
    takeRest: () => intervals.flatMap((each) => each.takeRest()),
    stats: () => totalStats(intervals),
  };
}

function isOverOtlp(name: ExporterName): boolean {
  return name !== 'console';
}
