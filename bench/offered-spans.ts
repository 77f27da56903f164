/** Requests, what one is worth when sampled, the sampled ratio, and what arrived. */
export interface SpanAccount {
  readonly requests: number;
  readonly spansPerRequest: number;
  readonly sampling: number | null;
  readonly exported: number;
}

/**
 * How many spans the requests must have offered to the exporter. With a ratio the number of sampled
 * requests is chance: what arrived is believed while it is within four standard deviations of the
 * expected number, and below that the expected number stands.
 */
export function offeredSpans(account: SpanAccount): number {
  const { requests, spansPerRequest, sampling, exported } = account;
  const ratio = sampling ?? 0;
  const expected = requests * ratio * spansPerRequest;
  const deviation = Math.sqrt(requests * ratio * (1 - ratio)) * spansPerRequest;
  return exported >= expected - 4 * deviation ? exported : Math.round(expected);
}
