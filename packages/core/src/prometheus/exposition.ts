import type { Attributes } from '@opentelemetry/api';
import { harmless } from '../lifecycle/harmless.ts';
import type { Exemplar } from '../metrics/exemplar.ts';
import type { MetricPoint, ResourceMetrics, SummaryValue } from '../metrics/metric-model.ts';
import { exemplarsByBucket } from './exemplars-by-bucket.ts';
import { type FamilyPart, type MetricFamily, metricFamilies } from './metric-families.ts';
import { prometheusLabels } from './prometheus-labels.ts';
import { prometheusUnit } from './prometheus-unit.ts';

/** The two texts Prometheus reads. Only OpenMetrics has exemplars. */
export type ExpositionFormat = 'prometheus' | 'openmetrics';

/** Metrics as a scraper reads them, the resource as `target_info`. One that cannot be written is left out. */
export function exposition(metrics: ResourceMetrics, format: ExpositionFormat): string {
  const open = format === 'openmetrics';
  const lines = targetInfo(metrics.resource.attributes, open);
  for (const family of metricFamilies(metrics)) {
    const { length } = lines;
    if (!harmless(() => addFamily(lines, family, open))) lines.length = length;
  }
  if (open) lines.push('# EOF');
  return `${lines.join('\n')}\n`;
}

function targetInfo(attributes: Attributes, open: boolean): string[] {
  const type = open ? '# TYPE target info' : '# TYPE target_info gauge';
  const help = `# HELP ${open ? 'target' : 'target_info'} Target metadata`;
  return [type, help, `target_info${braced(labelText(attributes))} 1`];
}

function addFamily(lines: string[], family: MetricFamily, open: boolean): void {
  const { name, type, help, parts } = family;
  const shown = open && type === 'counter' ? name.replace(/_total$/, '') : name;
  lines.push(`# TYPE ${shown} ${type}`);
  if (help !== '') lines.push(`# HELP ${shown} ${escaped(help, open)}`);
  const unit = unitSuffix(family);
  if (open && unit !== '' && shown.endsWith(`_${unit}`)) lines.push(`# UNIT ${shown} ${unit}`);
  const ambiguous = new Set(parts.map(({ scope }) => scope.name)).size > 1;
  for (const part of parts) addPart(lines, family, part, open, ambiguous);
}

function unitSuffix({ type, unit }: MetricFamily): string {
  return unit === '1' && type === 'gauge' ? 'ratio' : prometheusUnit(unit);
}

/** Series of two scopes under one name could be equal: then each says whose it is. */
function addPart(
  lines: string[],
  { name, type }: MetricFamily,
  { scope, data }: FamilyPart,
  open: boolean,
  ambiguous: boolean,
): void {
  const more = ambiguous
    ? `otel_scope_name="${escaped(scope.name)}",otel_scope_version="${escaped(scope.version ?? '')}"`
    : '';
  for (const point of data.dataPoints) {
    const labels = joined(labelText(point.attributes), more);
    if (type === 'histogram') addHistogram(lines, name, labels, point, open);
    else if (type === 'summary') addSummary(lines, name, labels, point);
    else {
      const exemplar = open && type === 'counter' ? exemplarText(point.exemplars?.at(-1)) : '';
      lines.push(`${name}${braced(labels)} ${numberText(point.value as number)}${exemplar}`);
    }
  }
}

interface HistogramValue {
  readonly count: number;
  readonly sum?: number;
  readonly buckets: { readonly boundaries: readonly number[]; readonly counts: readonly number[] };
}

function addHistogram(
  lines: string[],
  name: string,
  labels: string,
  { value, exemplars = [] }: MetricPoint,
  open: boolean,
): void {
  const { count, sum, buckets } = value as HistogramValue;
  const { boundaries, counts } = buckets;
  const examples = open ? exemplarsByBucket(boundaries, exemplars) : [];
  let upTo = 0;
  for (let i = 0; i <= boundaries.length; i++) {
    upTo += counts[i] ?? 0;
    const le = i === boundaries.length ? '+Inf' : boundText(boundaries[i] as number, open);
    const series = `${name}_bucket{${joined(labels, `le="${le}"`)}}`;
    lines.push(`${series} ${upTo}${exemplarText(examples[i])}`);
  }
  if (sum !== undefined) lines.push(`${name}_sum${braced(labels)} ${numberText(sum)}`);
  lines.push(`${name}_count${braced(labels)} ${count}`);
}

function addSummary(lines: string[], name: string, labels: string, { value }: MetricPoint): void {
  const { count, sum, quantiles } = value as SummaryValue;
  for (const { quantile, value } of quantiles) {
    lines.push(`${name}{${joined(labels, `quantile="${quantile}"`)}} ${numberText(value)}`);
  }
  lines.push(`${name}_sum${braced(labels)} ${numberText(sum)}`);
  lines.push(`${name}_count${braced(labels)} ${count}`);
}

/** OpenMetrics: labels of an exemplar have 128 characters together, names and values; what does not fit is left out. */
const MAX_EXEMPLAR_CHARACTERS = 128;

function exemplarText(exemplar: Exemplar | undefined): string {
  if (!exemplar) return '';
  const { traceId, spanId, value, time, filteredAttributes = {} } = exemplar;
  const ids = traceId && spanId ? { trace_id: traceId, span_id: spanId } : {};
  let room = MAX_EXEMPLAR_CHARACTERS;
  const fitting = Object.entries({ ...ids, ...prometheusLabels(filteredAttributes) }).filter(
    ([name, value]) => {
      const length = [...name].length + [...value].length;
      if (length > room) return false;
      room -= length;
      return true;
    },
  );
  return ` # {${pairs(fitting)}} ${numberText(value)} ${time / 1000}`;
}

// A series keeps its attributes object: a scrape of many series mostly finds its labels ready.
const KNOWN = new WeakMap<Attributes, string>();

function labelText(attributes: Attributes): string {
  if (typeof attributes !== 'object') return '';
  const known = KNOWN.get(attributes);
  if (known !== undefined) return known;
  const text = pairs(Object.entries(prometheusLabels(attributes)));
  KNOWN.set(attributes, text);
  return text;
}

function pairs(labels: readonly (readonly [string, string])[]): string {
  return labels.map(([name, value]) => `${name}="${escaped(value)}"`).join(',');
}

function joined(labels: string, more: string): string {
  return labels === '' || more === '' ? labels + more : `${labels},${more}`;
}

function braced(labels: string): string {
  return labels === '' ? '' : `{${labels}}`;
}

/** Help in the older text keeps its quotation marks. */
function escaped(text: string, quotes = true): string {
  if (!/["\\\n]/.test(text)) return text;
  const plain = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return quotes ? plain.replaceAll('"', '\\"') : plain;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

/** OpenMetrics writes bounds as real numbers: the same bound is the same label everywhere. */
function boundText(bound: number, open: boolean): string {
  const text = String(bound);
  return open && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
