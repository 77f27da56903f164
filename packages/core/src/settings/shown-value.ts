import { orElse } from '../lifecycle/harmless.ts';

const LONGEST = 200;

/** A value that was given, as a message shows it; whatever it is. */
export function shownValue(value: unknown): string {
  const text = orElse(
    () => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)),
    () => `a value of type ${typeof value}`,
  );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
