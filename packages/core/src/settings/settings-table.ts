import { batchRows } from './rows-batch.ts';
import { bufferRows } from './rows-buffer.ts';
import { configFileRows } from './rows-config-file.ts';
import { exporterRows } from './rows-exporter.ts';
import { extensionRows } from './rows-extensions.ts';
import { generalRows } from './rows-general.ts';
import { httpRows } from './rows-http.ts';
import { limitRows } from './rows-limits.ts';
import { metricRows } from './rows-metrics.ts';
import { observationRows } from './rows-observation.ts';
import { otlpRows } from './rows-otlp.ts';
import { prometheusRows } from './rows-prometheus.ts';
import { propagationRows } from './rows-propagation.ts';
import { resourceRows } from './rows-resource.ts';
import { samplingRows } from './rows-sampling.ts';
import { wayRows } from './rows-way.ts';
import type { Setting } from './setting.ts';

/** Settings that belong together. */
export interface SettingsGroup {
  readonly title: string;
  readonly rows: readonly Setting<unknown>[];
}

/** Every setting, as docs/configuration.md lists them; the readers read the same rows. */
export const settingsTable: readonly SettingsGroup[] = [
  group('General', generalRows),
  group('Configuration file', configFileRows),
  group('Resource', resourceRows),
  group('Propagation', propagationRows),
  group('Sampling', samplingRows),
  group('Where telemetry goes', exporterRows),
  group('OTLP: traces', httpOnly(otlpRows.traces)),
  group('OTLP: metrics', httpOnly(otlpRows.metrics)),
  group('OTLP: log records', httpOnly(otlpRows.logs)),
  group('On the way to the receiver', wayRows),
  group('Batches of spans', batchRows.traces),
  group('Batches of log records', batchRows.logs),
  group('While the collector is away', bufferRows),
  group('Limits of spans', limitRows.traces),
  group('Limits of log records', limitRows.logs),
  group('Metrics', metricRows),
  group('HTTP and exceptions', httpRows),
  group('What is observed and shown', observationRows),
  group('Prometheus', prometheusRows),
  group('Parts of your own', extensionRows),
];

function group(title: string, rows: Readonly<Record<string, unknown>>): SettingsGroup {
  return { title, rows: Object.values(rows) as Setting<unknown>[] };
}

/** `target` is the same setting as `endpoint`, read as gRPC has it. */
function httpOnly({ target, ...rows }: (typeof otlpRows)['traces']) {
  return rows;
}
