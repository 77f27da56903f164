import type { Resource } from '@opentelemetry/resources';
import type { MetricSettings, Settings, SignalSettings } from '../settings/settings.ts';
import { shownUrl } from '../settings/shown-url.ts';
import { version } from '../version.ts';

/** What `init({ diagnostics: true })` prints: what is in effect, in five lines, without secrets. */
export function startSummary(settings: Settings, resource: Resource): string[] {
  const { attributes } = resource;
  return [
    `@org/otel-core ${version} on Node.js ${process.versions.node}`,
    `service ${attributes['service.name']}, instance ${attributes['service.instance.id']}`,
    `traces: ${destination(settings.traces)}, sampler ${samplerName(settings)}`,
    `metrics: ${metricRoads(settings.metrics)}; logs: ${destination(settings.logs)}`,
    `propagators: ${settings.propagators.map(propagatorName).join(', ')}; ${trust(settings)}`,
  ];
}

function destination({ exporters, otlp }: SignalSettings): string {
  if (exporters.length === 0) return 'nowhere';
  return exporters
    .map((name) =>
      name === 'otlp'
        ? `${shownUrl(otlp.url)} (${otlp.protocol === 'grpc' ? 'grpc' : otlp.encoding})`
        : name,
    )
    .join(' and ');
}

function metricRoads({ prometheus, ...pushed }: MetricSettings): string {
  const pull = prometheus && `at http://${prometheus.host}:${prometheus.port}${prometheus.path}`;
  const push = `${destination(pushed)}, every ${pushed.batch.delayMillis} ms`;
  if (!pull) return push;
  return pushed.exporters.length > 0 ? `${push}, and ${pull}` : pull;
}

function samplerName({ sampler }: Settings): string {
  return 'shouldSample' in sampler ? String(sampler) : JSON.stringify(sampler);
}

function propagatorName(propagator: Settings['propagators'][number]): string {
  return typeof propagator === 'string' ? propagator : propagator.constructor.name;
}

function trust({ trustIncoming }: Settings): string {
  if (typeof trustIncoming === 'function') return 'some callers are trusted';
  return `callers ${trustIncoming ? 'are' : 'are not'} trusted`;
}
