import { sharedCore } from '../instance/shared-core.ts';

const MINUTE = 60_000;

/** Kinds kept before old ones are forgotten: a message with an id in it is a kind of its own each time. */
const REMEMBERED = 1000;

/** Says a sentence on stderr; of one kind at most one a minute, so that an outage does not fill the log. */
export function warn(kind: string, sentence: string): void {
  const { said } = sharedCore();
  const last = said.get(kind);
  const now = Date.now();
  if (last !== undefined && now - last < MINUTE) return;
  if (said.size >= REMEMBERED) forget(said, now - MINUTE);
  said.set(kind, now);
  process.stderr.write(`[otel] ${sentence}\n`);
}

function forget(said: Map<string, number>, before: number): void {
  for (const [kind, last] of said) if (last <= before) said.delete(kind);
}
