import { constants, gzip, gzipSync, type ZlibOptions } from 'node:zlib';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { OtlpSettings } from '../settings/settings.ts';
import { version } from '../version.ts';
import { directClient } from './direct-client.ts';
import { tellExchange } from './exchange.ts';
import type { Packed } from './export-outcome.ts';
import { type Answer, AnswerTooLarge, type Attempt, type PostClient } from './post.ts';
import { proxiedClient } from './proxied-client.ts';
import { isRetryable } from './retry.ts';
import type { Attempted, Body, Transport } from './transport.ts';

const silent = suppressTracing(ROOT_CONTEXT);

/** OTLP/HTTP: attempt(body) POSTs once. Its sockets keep no process alive. */
export class Delivery implements Transport {
  readonly #url: URL;
  readonly #settings: OtlpSettings;
  readonly #headers: Record<string, string>;
  readonly #client: PostClient;

  constructor(settings: OtlpSettings, contentType: string) {
    this.#settings = settings;
    this.#url = new URL(settings.url);
    const { tls, proxy } = settings;
    this.#client = proxy ? proxiedClient(this.#url, tls, proxy) : directClient(this.#url, tls);
    this.#headers = {
      'user-agent': `OTel-OTLP-Exporter-JavaScript/${version} (@org/otel-core)`,
      ...settings.headers,
      'content-type': contentType,
    };
  }

  /** Compressed, if the setting says so. Never rejects. */
  async pack(bytes: Uint8Array): Promise<Body> {
    const isGzip = this.#settings.compression === 'gzip';
    return { bytes: tight(isGzip ? await zip(bytes) : bytes), isGzip };
  }

  packSync(bytes: Uint8Array): Body {
    const isGzip = this.#settings.compression === 'gzip';
    return { bytes: isGzip ? gzipSync(bytes) : bytes, isGzip };
  }

  /** OTLP 1.10: every receiver takes gzip, whatever the setting says. */
  async shrink(body: Body): Promise<Body> {
    if (body.isGzip) return body;
    try {
      const bytes = await zip(body.bytes, { level: constants.Z_BEST_SPEED });
      return { bytes: tight(bytes), isGzip: true };
    } catch {
      return body; // no memory for it: it is kept as it is
    }
  }

  parcel(body: Body): Packed {
    const agent = { ...this.#settings.tls, ...proxied(this.#settings) };
    return { url: this.#url.href, headers: this.#headersFor(body), body: body.bytes, agent };
  }

  #headersFor({ bytes, isGzip }: Body): Record<string, string | number> {
    const encoding = isGzip ? { 'content-encoding': 'gzip' } : {};
    return { ...this.#headers, ...encoding, 'content-length': bytes.length };
  }

  /** One POST with one wall-clock deadline for all of it. Never rejects. */
  async attempt(body: Body, giveUp: AbortSignal): Promise<Attempted> {
    const { timeoutMillis } = this.#settings;
    const attempt = { headers: this.#headersFor(body), body: body.bytes, timeoutMillis, giveUp };
    return context.with(silent, () => this.#post(attempt));
  }

  async #post(attempt: Attempt): Promise<Attempted> {
    try {
      const answer = await this.#client.post(attempt);
      tellExchange({ url: this.#url, answer });
      return outcomeOf(answer);
    } catch (error) {
      tellExchange({ url: this.#url, error: error as Error });
      return failureOf(error as Error);
    }
  }

  close(): void {
    this.#client.close();
  }
}

export function outcomeOf({ status, headers, body }: Answer): Attempted {
  if (status >= 200 && status < 300) return { acknowledged: body };
  return {
    reason: new Error(`it answered with status ${status}`),
    again: isRetryable(status),
    retryAfter: textOf(headers['retry-after']),
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** A disconnect without an answer is retried, an answer past all measure is not (OTLP 1.10). */
function failureOf(reason: Error): Attempted {
  return { reason, again: !(reason instanceof AnswerTooLarge) };
}

/** What an agent of node:http is told; it knows `NO_PROXY`. */
function proxied({ proxy }: OtlpSettings): { proxyEnv?: NodeJS.ProcessEnv } {
  return proxy ? { proxyEnv: proxy } : {};
}

/** Bytes may be a small part of a large allocation (of the encoder, or of Node's pool), which would be kept with them. */
function tight(bytes: Uint8Array): Uint8Array {
  return bytes.buffer.byteLength > 1.25 * bytes.length ? new Uint8Array(bytes) : bytes;
}

function zip(bytes: Uint8Array, options: ZlibOptions = {}): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    gzip(bytes, options, (error, zipped) => (error ? reject(error) : resolve(zipped)));
  });
}
