import type { Signal } from '../telemetry.ts';
import type { Encoding } from './decode/decode.ts';

/** What a `respond` hook may answer; without a status it is a success. */
export interface Answer {
  /** HTTP status, 200 by default. What comes with a status below 300 is kept, the rest is not. */
  readonly status?: number;
  /** Added to the answer's headers, for example `{ 'retry-after': '2' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The text of an error answer. */
  readonly message?: string;
  /** Answers a success that says some records were not taken. */
  readonly partialSuccess?: { readonly rejected: number; readonly message: string };
  /** The exact body, instead of the one OTLP asks for. */
  readonly body?: string | Uint8Array;
  /** Keeps or throws away the telemetry whatever the status says. */
  readonly keep?: boolean;
  /** Closes the connection without an answer. */
  readonly hangUp?: boolean;
}

const rejectedName = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
};

/** The body of a success: an Export…ServiceResponse, empty or with its partial success. */
export function successBody(
  signal: Signal,
  encoding: Encoding,
  answer: Answer,
): string | Uint8Array {
  const partial = answer.partialSuccess;
  if (encoding === 'protobuf') {
    return partial
      ? nestedField(1, statusLike(partial.rejected, partial.message))
      : Buffer.alloc(0);
  }
  if (!partial) return '{}';
  const partialSuccess = {
    [rejectedName[signal]]: String(partial.rejected),
    errorMessage: partial.message,
  };
  return JSON.stringify({ partialSuccess });
}

/** The body of an error: a google.rpc.Status with the message (OTLP 1.10, Failures). */
export function errorBody(
  encoding: Encoding,
  status: number,
  message: string,
): string | Uint8Array {
  const code = rpcCode[status] ?? (status < 500 ? 3 : 13);
  return encoding === 'protobuf' ? statusLike(code, message) : JSON.stringify({ code, message });
}

/** The nearest google.rpc.Code of an HTTP status. */
const rpcCode: Record<number, number> = {
  401: 16,
  403: 7,
  404: 5,
  405: 12,
  413: 8,
  429: 8,
  503: 14,
};

/** Both Status and the partial successes are a number in field 1 and a text in field 2. */
function statusLike(number: number, text: string): Buffer {
  const head = number === 0 ? [] : [8, ...varint(number)];
  return Buffer.concat([Buffer.from(head), nestedField(2, Buffer.from(text))]);
}

function nestedField(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([field * 8 + 2, ...varint(content.length)]), content]);
}

function varint(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))];
}
