import { harmless } from '../lifecycle/harmless.ts';
import type { MetricData, ResourceMetrics, ScopeMetrics } from '../metrics/metric-model.ts';
import { prometheusName } from './prometheus-name.ts';

/** Everything Prometheus shows under one name. */
export interface MetricFamily {
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  readonly unit: string;
  readonly parts: FamilyPart[];
}

export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'summary';

/** The points of a family that one scope made. */
export interface FamilyPart {
  readonly scope: ScopeMetrics['scope'];
  readonly data: MetricData;
}

/** Metrics by their Prometheus names. A name has one type: data of another kind than the first's are left out. */
export function metricFamilies({ scopeMetrics }: ResourceMetrics): MetricFamily[] {
  const families = new Map<string, MetricFamily>();
  for (const { scope, metrics } of scopeMetrics) {
    for (const data of metrics) harmless(() => addTo(families, { scope, data }));
  }
  return [...families.values()];
}

function addTo(families: Map<string, MetricFamily>, part: FamilyPart): void {
  const type = typeOf(part.data);
  if (!type || part.data.dataPoints.length === 0) return;
  const { name: original, unit, description } = part.data.descriptor;
  const kind = kindOf(part.data, type);
  const name = prometheusName({ name: original, unit, kind });
  const known = families.get(name);
  if (known?.type === type) known.parts.push(part);
  else if (!known) families.set(name, { name, type, help: description, unit, parts: [part] });
}

/** Undefined where Prometheus text has no form: exponential histograms, and what is not cumulative. */
function typeOf(data: MetricData): FamilyType | undefined {
  const { dataPointType, isMonotonic, aggregationTemporality } = data;
  if (dataPointType === 2) return 'gauge';
  if (dataPointType === 4) return 'summary';
  if (aggregationTemporality !== 1) return undefined;
  if (dataPointType === 0) return 'histogram';
  if (dataPointType !== 3) return undefined;
  return isMonotonic ? 'counter' : 'gauge';
}

// `_ratio` is for gauges only: an up-down counter with unit 1 is a count.
function kindOf({ dataPointType }: MetricData, type: FamilyType) {
  if (type === 'counter') return 'counter';
  return dataPointType === 2 ? 'gauge' : 'other';
}
