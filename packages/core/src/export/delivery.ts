import type { Agent } from 'node:http';
import { constants, gzip, gzipSync, type ZlibOptions } from 'node:zlib';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { OtlpSettings } from '../settings/settings.ts';
import { version } from '../version.ts';
import { clientOf } from './client-of.ts';
import type { Packed } from './export-outcome.ts';
import { isRetryable } from './retry.ts';
import { type Answer, AnswerTooLarge, sendOnce } from './send-once.ts';
import type { Attempted, Body, Transport } from './transport.ts';

const silent = suppressTracing(ROOT_CONTEXT);

/** OTLP/HTTP: attempt(body) POSTs once. Its sockets keep no process alive. */
export class Delivery implements Transport {
  readonly #url: URL;
  readonly #settings: OtlpSettings;
  readonly #headers: Record<string, string>;
  readonly #agent: Agent;

  constructor(settings: OtlpSettings, contentType: string) {
    this.#settings = settings;
    this.#url = new URL(settings.url);
    const { Agent } = clientOf(this.#url);
    this.#agent = new Agent({ keepAlive: true, ...settings.tls, ...proxied(settings) });
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
    const [url, headers] = [this.#url, this.#headersFor(body)];
    const attempt = { url, headers, body: body.bytes, agent: this.#agent, timeoutMillis, giveUp };
    return context.with(silent, () => sendOnce(attempt).then(outcomeOf, failureOf));
  }

  close(): void {
    this.#agent.destroy();
  }
}

export function outcomeOf({ status, headers, body }: Answer): Attempted {
  if (status >= 200 && status < 300) return { acknowledged: body };
  return {
    reason: new Error(`it answered with status ${status}`),
    again: isRetryable(status),
    retryAfter: headers['retry-after'],
  };
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
