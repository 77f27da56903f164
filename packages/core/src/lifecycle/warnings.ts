import { sharedCore } from '../instance/shared-core.ts';

const MINUTE = 60_000;

/** Says a sentence on stderr; of one kind at most one a minute, so that an outage does not fill the log. */
export function warn(kind: string, sentence: string): void {
  const { said } = sharedCore();
  const last = said.get(kind);
  const now = Date.now();
  if (last !== undefined && now - last < MINUTE) return;
  said.set(kind, now);
  process.stderr.write(`[otel] ${sentence}\n`);
}
