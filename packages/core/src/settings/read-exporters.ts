import type { Environment } from './environment.ts';
import { type ExporterChoice, exporterRows } from './rows-exporter.ts';
import type { SignalName } from './settings.ts';

/** Where a signal goes; `none` beside others is none. */
export function readExporters(signal: SignalName, env: Environment): readonly ExporterChoice[] {
  const names = env.read(exporterRows[signal]);
  return names.includes('none') ? [] : names;
}
