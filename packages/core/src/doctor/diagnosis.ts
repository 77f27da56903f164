import type { EffectiveSetting } from './effective-settings.ts';
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';
import type { ReadBack } from './read-back.ts';

/** Everything the doctor knows when it is done. */
export interface Diagnosis {
  /** What is in effect, in five lines. */
  readonly summary: readonly string[];
  readonly settings: readonly EffectiveSetting[];
  /** Undefined when no signal leaves over OTLP. */
  readonly probe: Probe | undefined;
  readonly readBack: readonly ReadBack[];
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** 1 when something stops telemetry, else 0. */
export function exitCodeOf({ findings }: Diagnosis): 0 | 1 {
  return findings.some(({ level }) => level === 'error') ? 1 : 0;
}
