import { styleText } from 'node:util';
import { type Metric, renderLog, renderTrace } from '@org/otel-testing/collector';
import type { ChainReport } from './chain-report.ts';
import { services } from './expected-chain.ts';

/** The report for people: the tree, the log lines below it, the metrics by service. Ends with an empty line. */
export function renderReport(
  { trace, logs, metrics, missing }: ChainReport,
  colour: boolean,
): string {
  return [
    trace ? renderTrace(trace, { colour }) : 'no trace arrived',
    heading(`log lines with its id: ${logs.length}`, colour),
    ...logs.map((log) => `  ${renderLog(log, { colour })}`),
    heading(`metrics: ${metrics.length}`, colour),
    ...services.map((service) => metricsOf(service, metrics)),
    ...missing.map((each) => `not there yet: ${each}`),
    '',
  ].join('\n');
}

function heading(text: string, colour: boolean): string {
  return colour ? styleText('bold', text, { validateStream: false }) : text;
}

function metricsOf(service: string, metrics: Metric[]): string {
  const names = metrics.filter((metric) => metric.service === service).map(({ name }) => name);
  return `  ${service.padEnd(12)}${names.sort().join(', ') || 'none'}`;
}
