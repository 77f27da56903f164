/** Where an outgoing request goes. */
export interface Target {
  readonly method: string | undefined;
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  /** Asked only for a span that is kept. */
  readonly url: () => string;
  /** How many times the request was sent before, where that can be seen. */
  readonly resendCount?: number;
}
