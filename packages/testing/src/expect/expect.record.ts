import { plural } from '../show/plural.ts';
import type { TelemetryStore } from '../store/telemetry.store.ts';
import { indent } from './explain.ts';
import { arrivals, storeOf, type TelemetrySource } from './source.ts';

/** How a matcher of single records waits. */
export interface ExpectOptions {
  /** Milliseconds to wait, 10,000 by default. */
  readonly timeout?: number;
}

/** What a matcher needs to know about one kind of record. */
export interface RecordMatcher<Kept> {
  /** For the message: `expectLog`, `log record`. */
  readonly matcher: string;
  readonly noun: string;
  list(store: TelemetryStore): Kept[];
  differences(kept: Kept): string[];
  /** Those that are meant, even when much differs: the message shows them first. */
  alike(kept: Kept): boolean;
  render(kept: Kept): string;
}

/** Waits until a record has no differences; the error shows the closest ones and what differs in them. */
export async function expectRecord<Kept>(
  source: TelemetrySource,
  of: RecordMatcher<Kept>,
  { timeout = 10_000 }: ExpectOptions,
): Promise<Kept> {
  const store = storeOf(source);
  const look = () => of.list(store).find((kept) => of.differences(kept).length === 0);
  try {
    return await store.waitFor(look, { timeout, what: `the expected ${of.noun}` });
  } catch (error) {
    const message = [
      `${of.matcher}: ${(error as Error).message}`,
      closest(store, of),
      arrivals(source),
    ];
    throw new Error(message.join('\n'), { cause: error });
  }
}

/** Fails when a record matches, now. */
export function expectNoRecord<Kept>(source: TelemetrySource, of: RecordMatcher<Kept>): void {
  const found = of.list(storeOf(source)).filter((kept) => of.differences(kept).length === 0);
  if (found.length === 0) return;
  const shown = found.slice(0, 5).map((kept) => indent(of.render(kept)));
  throw new Error(
    [`${of.matcher}: ${plural(found.length, of.noun)} arrived:`, ...shown].join('\n'),
  );
}

function closest<Kept>(store: TelemetryStore, of: RecordMatcher<Kept>): string {
  const judged = of
    .list(store)
    .map((kept) => ({ kept, differences: of.differences(kept) }))
    .toSorted((a, b) => distance(of, a) - distance(of, b));
  if (judged.length === 0) return `no ${of.noun} arrived`;
  const shown = judged.slice(0, 5).map(({ kept, differences }) => {
    return [of.render(kept), ...differences.map((difference) => `! ${difference}`)].join('\n');
  });
  return `closest of ${plural(judged.length, of.noun)} that arrived (! differs):\n${indent(shown.join('\n'))}`;
}

function distance<Kept>(
  of: RecordMatcher<Kept>,
  { kept, differences }: { kept: Kept; differences: readonly string[] },
): number {
  return differences.length + (of.alike(kept) ? 0 : 1000);
}
