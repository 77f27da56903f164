import type { Histogram, Meter } from '@opentelemetry/api';
import type { ExportOutcome } from '../export/export-outcome.ts';
import type { DeliveryNews } from '../lifecycle/delivery-news.ts';
import type { OtlpSettings, Settings, SignalName } from '../settings/settings.ts';
import { boundaries } from './duration-histogram.ts';

const ITEMS = { traces: 'span', metrics: 'metric', logs: 'log' } as const;

/**
 * `otel.sdk.exporter.operation.duration` of everything that leaves over OTLP: from a request that is ready to its end,
 * the attempts after a failure included. Recorded once for a request; nothing before a meter is there.
 */
export class ExportDurations {
  #histogram: Histogram | undefined;

  recordAt(meter: Meter): void {
    this.#histogram = meter.createHistogram('otel.sdk.exporter.operation.duration', {
      description: 'The duration of exporting a batch of telemetry records.',
      unit: 's',
      advice: { explicitBucketBoundaries: boundaries },
    });
  }

  /** The same news of this signal, with its durations recorded. */
  heardBy(
    newsOf: (url: string) => DeliveryNews,
    signal: SignalName,
    settings: Settings,
  ): (url: string) => DeliveryNews {
    const attributes = attributesOf(signal, settings[signal].otlp);
    return (url) => {
      const { onAway, onSettled } = newsOf(url);
      return {
        onAway,
        onSettled: (items, outcome) => {
          onSettled(items, outcome);
          this.#record(outcome, attributes);
        },
      };
    };
  }

  #record(outcome: ExportOutcome, attributes: Record<string, string | number>): void {
    const { seconds, delivered, rejected, dropped } = outcome;
    if (seconds === undefined) return;
    const failed = !delivered || rejected;
    const error = failed ? { 'error.type': dropped ? 'dropped' : 'rejected' } : {};
    this.#histogram?.record(seconds, { ...attributes, ...error });
  }
}

function attributesOf(signal: SignalName, { url, protocol, encoding }: OtlpSettings) {
  const { hostname, port, protocol: scheme } = new URL(url);
  const way = protocol === 'grpc' ? 'grpc' : encoding === 'json' ? 'http_json' : 'http';
  return {
    'otel.component.type': `otlp_${way}_${ITEMS[signal]}_exporter`,
    'server.address': hostname,
    'server.port': Number(port) || (scheme === 'https:' ? 443 : 80),
  };
}
