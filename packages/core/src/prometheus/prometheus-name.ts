import { prometheusUnit } from './prometheus-unit.ts';

/** What a name is made from. */
export interface Named {
  readonly name: string;
  readonly unit: string;
  /** A monotonic sum gets `_total`, a gauge with unit `1` gets `_ratio`. */
  readonly kind: 'counter' | 'gauge' | 'other';
}

/**
 * The Prometheus name of an OpenTelemetry metric, by the compatibility specification and in the Collector's way:
 * `http.server.request.duration` in `s` -> `http_server_request_duration_seconds`.
 */
export function prometheusName({ name, unit, kind }: Named): string {
  const words = name.split(/[^a-zA-Z0-9:]+/).filter((word) => word !== '');
  const base = kind === 'counter' ? words.filter((word) => word !== 'total') : words;
  const suffixes = [unitSuffix(base, unit, kind), kind === 'counter' ? 'total' : ''];
  const full = [...base, ...suffixes].filter((word) => word !== '').join('_');
  return /^[0-9]/.test(full) ? `_${full}` : full;
}

function unitSuffix(words: readonly string[], unit: string, kind: Named['kind']): string {
  const suffix = unit === '1' && kind === 'gauge' ? 'ratio' : prometheusUnit(unit);
  const all = `_${words.join('_')}_`;
  return all.includes(`_${suffix}_`) ? '' : suffix;
}
