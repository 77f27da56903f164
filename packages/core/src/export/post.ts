/** One attempt to hand a batch over. */
export interface Attempt {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Uint8Array;
  /** Wall-clock time for the whole attempt, the answer's body included. */
  readonly timeoutMillis: number;
  readonly giveUp: AbortSignal;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** A way to POST to one URL. */
export interface PostClient {
  /**
   * POSTs once. Rejects when nobody answers in time. Nothing of it keeps the process alive: whoever waits for the
   * outcome does.
   */
  post(attempt: Attempt): Promise<Answer>;
  close(): void;
}

/** OTLP: a client must not read an answer of any size; past 4 MiB the rest is not wanted. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** The receiver was reached, and its answer is not one. */
export class AnswerTooLarge extends Error {
  constructor() {
    super('the answer is larger than 4 MiB');
  }
}

/** Why an attempt ended without an answer. */
export function noAnswerError({ giveUp, timeoutMillis }: Attempt): Error {
  if (giveUp.aborted) return new Error('given up, because the process or telemetry ended');
  return new Error(`no answer within ${Math.round(timeoutMillis)} ms`);
}
