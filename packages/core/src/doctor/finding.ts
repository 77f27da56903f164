import type { SignalName } from '../settings/settings.ts';

/** Something the doctor found: what it is, and what to do. */
export interface Finding {
  /** The same for the same kind of trouble, in every version. */
  readonly id: string;
  /** An error stops telemetry, a warning loses or hides some of it, a note is good to know. */
  readonly level: 'error' | 'warning' | 'note';
  readonly what: string;
  readonly advice: string;
  /** The signals it is about, when not all. */
  readonly signals?: readonly SignalName[];
}

/** The same finding of several signals as one. */
export function joinFindings(all: readonly Finding[]): Finding[] {
  const joined = new Map<string, Finding>();
  for (const finding of all) {
    const key = `${finding.id} ${finding.what}`;
    const signals = [...(joined.get(key)?.signals ?? []), ...(finding.signals ?? [])];
    joined.set(key, signals.length > 0 ? { ...finding, signals: [...new Set(signals)] } : finding);
  }
  return [...joined.values()];
}
