import type { HeaderOf } from './capture-headers.ts';

/** Where an outgoing request goes. */
export interface Target {
  readonly method: string | undefined;
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  /** Asked only for a span that is kept. */
  readonly url: () => string;
  /** Asked at the end, for the headers on the allow-list. */
  readonly headerOf: HeaderOf;
  /** How many times the request was sent before, where that can be seen. */
  readonly resendCount?: number;
}
