import type { Agent, IncomingHttpHeaders } from 'node:http';
import { clientOf } from './client-of.ts';

/** One attempt to hand a batch over. */
export interface Attempt {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Uint8Array;
  readonly agent: Agent;
  /** Wall-clock time for the whole attempt, the answer's body included. */
  readonly timeoutMillis: number;
  readonly giveUp: AbortSignal;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** OTLP: a client must not read an answer of any size; past 4 MiB the rest is not wanted. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** The receiver was reached, and its answer is not one. */
export class AnswerTooLarge extends Error {
  constructor() {
    super('the answer is larger than 4 MiB');
  }
}

/**
 * POSTs once. Rejects when nobody answers in time. Nothing of it keeps the process alive: whoever
 * waits for the outcome does.
 */
export function sendOnce(attempt: Attempt): Promise<Answer> {
  const { url, headers, body, agent, timeoutMillis } = attempt;
  const signal = AbortSignal.any([
    attempt.giveUp,
    AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMillis))),
  ]);
  return new Promise((resolve, reject) => {
    const request = clientOf(url).request(url, { method: 'POST', headers, agent, signal });
    request.on('socket', (socket) => socket.unref());
    request.on('error', (error) => reject(signal.aborted ? endError(attempt) : error));
    request.on('response', (response) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      response.on('data', (chunk: Uint8Array) => {
        size += chunk.length;
        if (size <= MAX_ANSWER_BYTES) return void chunks.push(chunk);
        // Before the end of the connection gives another reason.
        reject(new AnswerTooLarge());
        request.destroy();
      });
      // Cut short (the reason is then on the request), or too long.
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, headers: received, body: Buffer.concat(chunks) });
      });
    });
    request.end(body);
  });
}

function endError({ giveUp, timeoutMillis }: Attempt): Error {
  if (giveUp.aborted) return new Error('given up, because the process or telemetry ended');
  return new Error(`no answer within ${Math.round(timeoutMillis)} ms`);
}
