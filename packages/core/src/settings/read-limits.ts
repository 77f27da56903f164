import type { Environment } from './environment.ts';
import { limitRows } from './rows-limits.ts';
import type { Setting } from './setting.ts';
import type { LimitSettings, SpanLimitSettings } from './settings.ts';

/** What a span may hold. */
export function readSpanLimits(env: Environment): SpanLimitSettings {
  const rows = limitRows.traces;
  return {
    attributeValueLengthLimit: lengthFrom(env, rows.attributeValueLengthLimit),
    attributeCountLimit: env.read(rows.attributeCountLimit),
    eventCountLimit: env.read(rows.eventCountLimit),
    linkCountLimit: env.read(rows.linkCountLimit),
    eventAttributeCountLimit: env.read(rows.eventAttributeCountLimit),
    linkAttributeCountLimit: env.read(rows.linkAttributeCountLimit),
  };
}

/** What a log record may hold. */
export function readLogLimits(env: Environment): LimitSettings {
  const rows = limitRows.logs;
  return {
    attributeValueLengthLimit: lengthFrom(env, rows.attributeValueLengthLimit),
    attributeCountLimit: env.read(rows.attributeCountLimit),
  };
}

/** The SDK takes 0 for a mistake and then knows no limit; less than one character is none. */
function lengthFrom(env: Environment, row: Setting<number>): number {
  return env.read(row) || 0.5;
}
