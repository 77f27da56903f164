const MINUTE = 60_000;
const said = new Map<string, number>();

/** Says a sentence on stderr; of one kind at most one a minute, so that an outage does not fill the log. */
export function warn(kind: string, sentence: string): void {
  const last = said.get(kind);
  const now = Date.now();
  if (last !== undefined && now - last < MINUTE) return;
  said.set(kind, now);
  process.stderr.write(`[otel] ${sentence}\n`);
}
