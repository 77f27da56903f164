import { listOf } from './list-of.ts';
import { setting } from './setting.ts';
import { type ExporterName, exporterNames, type SignalName } from './settings.ts';

/** Where a signal goes, by the names of the specification. */
export type ExporterChoice = ExporterName | 'prometheus' | 'none';

export const exporterRows = {
  traces: rowOf('traces', [...exporterNames, 'none']),
  metrics: rowOf('metrics', [...exporterNames, 'prometheus', 'none']),
  logs: rowOf('logs', [...exporterNames, 'none']),
};

function rowOf(signal: SignalName, names: readonly ExporterChoice[]) {
  return setting<readonly ExporterChoice[]>({
    variables: [`OTEL_${signal.toUpperCase()}_EXPORTER`],
    options: [`${signal}.exporters`],
    kind: listOf(names),
    fallback: ['otlp'],
    says: `Where ${signal} go, one or several; \`console\` and \`otlp/stdout\` (OTLP as JSON lines) write to stdout.`,
  });
}
