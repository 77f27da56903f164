import { channel } from 'node:diagnostics_channel';
import type { Answer } from './post.ts';

/** One attempt to deliver, and what came of it: an answer, or why there is none. */
export interface ExchangeMessage {
  readonly url: URL;
  readonly answer?: Answer;
  readonly error?: NodeJS.ErrnoException;
}

/** A door of our own, for the doctor. */
export const EXCHANGES = 'org.otel.exchange';

const exchanges = channel(EXCHANGES);

export function tellExchange(exchange: ExchangeMessage): void {
  if (exchanges.hasSubscribers) exchanges.publish(exchange);
}
