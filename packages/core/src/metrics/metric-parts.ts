import type { ResourceMetrics } from './metric-model.ts';

/** How many data points there are. */
export function countPoints({ scopeMetrics }: Pick<ResourceMetrics, 'scopeMetrics'>): number {
  let points = 0;
  for (const { metrics } of scopeMetrics) {
    for (const { dataPoints } of metrics) points += dataPoints.length;
  }
  return points;
}

/** By scope; one scope by metric; one metric is one part. */
export function metricParts(all: ResourceMetrics): ResourceMetrics[] {
  const [only, ...more] = all.scopeMetrics;
  if (more.length > 0) return all.scopeMetrics.map((scope) => ({ ...all, scopeMetrics: [scope] }));
  if (!only || only.metrics.length < 2) return [all];
  return only.metrics.map((metric) => ({
    ...all,
    scopeMetrics: [{ ...only, metrics: [metric] }],
  }));
}
