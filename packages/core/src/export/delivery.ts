import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { OtlpSettings } from '../settings/settings.ts';
import { version } from '../version.ts';
import { isRetryable, retryDelay } from './retry.ts';
import { type Answer, sendOnce } from './send-once.ts';

const zip = promisify(gzip);
const silent = suppressTracing(ROOT_CONTEXT);

/** OTLP 1.10: a request over this size should not be sent. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/**
 * deliver(bytes): POSTs a batch until it is acknowledged, refused, or its time is over. Its sockets
 * and timers keep no process alive, and `giveUp()` ends what is under way.
 */
export class Delivery {
  readonly #settings: OtlpSettings;
  readonly #url: URL;
  readonly #headers: Record<string, string>;
  readonly #agent: HttpAgent;
  #givingUp = new AbortController();

  constructor(settings: OtlpSettings, contentType: string) {
    this.#settings = settings;
    this.#url = new URL(settings.url);
    const Agent = this.#url.protocol === 'https:' ? HttpsAgent : HttpAgent;
    this.#agent = new Agent({ keepAlive: true });
    this.#headers = {
      'user-agent': `OTel-OTLP-Exporter-JavaScript/${version} (@org/otel-core)`,
      ...settings.headers,
      'content-type': contentType,
    };
  }

  /** The body of the acknowledgement. Rejects with the reason when the batch was not accepted. */
  deliver(bytes: Uint8Array): Promise<Uint8Array> {
    return context.with(silent, () => this.#deliver(bytes));
  }

  /** Ends every attempt under way; their batches count as failed. */
  giveUp(): void {
    this.#givingUp.abort();
    this.#givingUp = new AbortController();
  }

  close(): void {
    this.#agent.destroy();
  }

  async #deliver(bytes: Uint8Array): Promise<Uint8Array> {
    if (bytes.length > MAX_REQUEST_BYTES) throw new Error('the batch is larger than 64 MiB');
    const { signal } = this.#givingUp;
    const deadline = performance.now() + this.#settings.timeoutMillis;
    const { compression } = this.#settings;
    const body = compression === 'gzip' ? await zip(bytes) : bytes;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(body, deadline - performance.now(), signal);
      if (outcome.acknowledged) return outcome.acknowledged;
      const wait = retryDelay(attempt, outcome.retryAfter);
      const late = performance.now() + wait >= deadline;
      if (!outcome.again || late || signal.aborted) throw outcome.reason;
      await pause(wait, signal);
    }
  }

  async #attempt(body: Uint8Array, timeoutMillis: number, giveUp: AbortSignal): Promise<Outcome> {
    const headers: Record<string, string | number> = {
      ...this.#headers,
      'content-length': body.length,
    };
    if (this.#settings.compression === 'gzip') headers['content-encoding'] = 'gzip';
    const attempt = { url: this.#url, headers, body, agent: this.#agent, timeoutMillis, giveUp };
    // A disconnect without an answer is retried (OTLP 1.10, All Other Responses).
    return sendOnce(attempt).then(outcomeOf, (reason: Error) => ({ reason, again: true }));
  }
}

interface Outcome {
  readonly acknowledged?: Uint8Array;
  readonly reason?: Error;
  readonly again?: boolean;
  readonly retryAfter?: string | undefined;
}

function outcomeOf({ status, headers, body }: Answer): Outcome {
  if (status >= 200 && status < 300) return { acknowledged: body };
  return {
    reason: new Error(`it answered with status ${status}`),
    again: isRetryable(status),
    retryAfter: headers['retry-after'],
  };
}

/** Ends early when the delivery is given up. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds).unref();
    signal.addEventListener('abort', done);
  });
}
