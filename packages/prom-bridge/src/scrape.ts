import { before, PATIENCE_MS } from './deadline.ts';
import type { ResourceMetrics } from './metric-data.ts';
import { BRIDGE_SCOPE } from './registry-producer.ts';
import { type Part, promNameOf, promTypeOf } from './to-prometheus.ts';

/** What OpenTelemetry has at the moment of a scrape, by Prometheus name. */
export interface Scrape {
  readonly resource: ResourceMetrics['resource'] | undefined;
  readonly parts: ReadonlyMap<string, readonly Part[]>;
}

/**
 * One collection for all the metrics of a scrape. prom-client asks every metric of the registry in one go, before
 * anything else can run: whoever asks in that go shares the collection; the next scrape gets a new one.
 */
export function shareScrapes(
  collect: () => Promise<ResourceMetrics | undefined>,
  scopeLabels: boolean,
  patience = PATIENCE_MS,
): () => Promise<Scrape> {
  let current: Promise<Scrape> | undefined;
  return function scrape() {
    if (current !== undefined) return current;
    queueMicrotask(() => {
      current = undefined;
    });
    current = before(patience, collect()).then(
      (metrics) => sortByName(metrics, scopeLabels),
      () => sortByName(undefined, scopeLabels), // the application's own metrics are served without ours
    );
    return current;
  };
}

/** What came out of a prom-client registry is not shown in one again. */
function sortByName(metrics: ResourceMetrics | undefined, scopeLabels: boolean): Scrape {
  const parts = new Map<string, Part[]>();
  for (const { scope, metrics: all } of metrics?.scopeMetrics ?? []) {
    if (scope.name === BRIDGE_SCOPE) continue;
    const labels = scopeLabels
      ? { otel_scope_name: scope.name, otel_scope_version: scope.version ?? '' }
      : undefined;
    for (const data of all) {
      if (!promTypeOf(data)) continue;
      const name = promNameOf(data);
      const known = parts.get(name);
      if (known) known.push({ data, labels });
      else parts.set(name, [{ data, labels }]);
    }
  }
  return { resource: metrics?.resource, parts };
}
