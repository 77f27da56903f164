import type { PromMetric, PromReading, PromRegistry, PromType } from './prom-registry.ts';

const PROXY = Symbol.for('org.otel.prom-bridge.proxy');

/** How a proxy is described before there are data, and where its data come from. */
export interface ProxySource {
  readonly promName: string;
  readonly help: string;
  readonly type: PromType;
  /** Called at each scrape with the name to write. */
  read(name: string): Promise<PromReading>;
}

/** Whether a registry's metric only shows what OpenTelemetry has. */
export function isProxy(metric: object): boolean {
  return PROXY in metric;
}

/**
 * Puts the proxy into the registry, through prom-client's public `registerMetric()`. Its key there has a prefix: were
 * it the metric's own name, an application that registers that name later would get prom-client's exception for a metric
 * it never made. Should that happen, ours is written as `otel_<name>`.
 */
export function registerProxy(registry: PromRegistry, source: ProxySource): PromMetric | undefined {
  const key = `otel:${source.promName}`;
  if (registry.getSingleMetric(key)) return undefined;
  const proxy = {
    [PROXY]: true,
    name: key,
    help: source.help,
    type: source.type,
    aggregator: source.type === 'gauge' ? 'average' : 'sum',
    get: () => source.read(nameIn(registry, source)),
    reset() {}, // registry.resetMetrics() calls it; OpenTelemetry's figures are not prom-client's to reset
  };
  registry.registerMetric(proxy as unknown as Parameters<PromRegistry['registerMetric']>[0]);
  return proxy;
}

/** prom-client adds `_total` to counters by itself when it writes OpenMetrics. */
function nameIn(registry: PromRegistry, { promName, type }: ProxySource): string {
  const free = registry.getSingleMetric(promName) ? `otel_${promName}` : promName;
  const isOpenMetrics = registry.contentType.startsWith('application/openmetrics-text');
  return isOpenMetrics && type === 'counter' ? free.replace(/_total$/, '') : free;
}
