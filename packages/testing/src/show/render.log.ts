import type { LogRecord } from '../telemetry.ts';
import { oneLine } from './one.line.ts';
import { paint, type RenderOptions, serviceStyle } from './paint.ts';
import { showRecord, showValue } from './show.value.ts';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** The name of a severity number: `INFO`, `INFO2`, ...; empty for 0. */
export function severityName(severity: number): string {
  const level = levels[Math.floor((severity - 1) / 4)];
  const step = (severity - 1) % 4;
  return level === undefined ? '' : `${level}${step === 0 ? '' : step + 1}`;
}

/** Writes a log record on one line: time (UTC), severity, service, body, trace and span id, attributes. */
export function renderLog(log: LogRecord, options: RenderOptions = {}): string {
  const brush = paint(options);
  const name = oneLine(log.severityText || severityName(log.severity))
    .toUpperCase()
    .padEnd(5);
  const severity =
    log.severity >= 17 ? brush('red', name) : log.severity >= 13 ? brush('yellow', name) : name;
  const body = typeof log.body === 'string' ? oneLine(log.body) : showValue(log.body);
  const ids = log.traceId ? brush('dim', `trace=${log.traceId} span=${log.spanId}`) : '';
  const attributes = brush('dim', showRecord(log.attributes));
  const service = oneLine(log.service);
  const parts = [time(log), severity, brush(serviceStyle(service), service), body, ids, attributes];
  return parts
    .filter((part) => part !== '')
    .join('  ')
    .trimEnd();
}

function time(log: LogRecord): string {
  const date = new Date(Number((log.time || log.observedTime) / 1_000_000n));
  // Nanoseconds of 64 bits stay far inside the range of a Date.
  return date.toISOString().slice(11, 23);
}
