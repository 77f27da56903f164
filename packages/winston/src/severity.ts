import { SeverityNumber } from '@opentelemetry/api';

/**
 * Level names and their severity numbers (1-24).
 *
 * @example
 * ```ts
 * const severities: Severities = { audit: 11 };
 * ```
 */
export type Severities = Readonly<Record<string, number>>;

// The table of the logs data model, Appendix B, for syslog; npm and cli by their order.
const SYSLOG: Severities = {
  emerg: SeverityNumber.FATAL,
  alert: SeverityNumber.ERROR3,
  crit: SeverityNumber.ERROR2,
  error: SeverityNumber.ERROR,
  warning: SeverityNumber.WARN,
  notice: SeverityNumber.INFO2,
  info: SeverityNumber.INFO,
  debug: SeverityNumber.DEBUG,
};

const CLI: Severities = {
  error: SeverityNumber.ERROR,
  warn: SeverityNumber.WARN,
  help: SeverityNumber.INFO3,
  data: SeverityNumber.INFO2,
  info: SeverityNumber.INFO,
  debug: SeverityNumber.DEBUG,
  prompt: SeverityNumber.TRACE4,
  verbose: SeverityNumber.TRACE3,
  input: SeverityNumber.TRACE2,
  silly: SeverityNumber.TRACE,
};

const NPM: Severities = {
  error: SeverityNumber.ERROR,
  warn: SeverityNumber.WARN,
  info: SeverityNumber.INFO,
  http: SeverityNumber.DEBUG4,
  verbose: SeverityNumber.DEBUG2,
  debug: SeverityNumber.DEBUG,
  silly: SeverityNumber.TRACE,
};

/** Names that people give their own levels, Nest's among them. */
const COMMON: Severities = {
  ...SYSLOG,
  ...NPM,
  fatal: SeverityNumber.FATAL,
  critical: SeverityNumber.ERROR2,
  err: SeverityNumber.ERROR,
  log: SeverityNumber.INFO,
  trace: SeverityNumber.TRACE,
};

/**
 * The severity number of a level: what the user set, else what the logger's own set of levels (npm, syslog, cli)
 * means by it, else what the name commonly means, else unspecified (0).
 */
export function severityOf(
  level: string,
  levels: Readonly<Record<string, number>> | undefined,
  own: Severities,
): SeverityNumber {
  const found = lookUp(own, level) ?? lookUp(tableOf(levels), level) ?? lookUp(COMMON, level);
  return found ?? SeverityNumber.UNSPECIFIED;
}

function tableOf(levels: Readonly<Record<string, number>> | undefined): Severities {
  if (levels && 'prompt' in levels) return CLI;
  return levels && 'emerg' in levels ? SYSLOG : NPM;
}

function lookUp(table: Severities, level: string): number | undefined {
  return Object.hasOwn(table, level) ? table[level] : undefined;
}
