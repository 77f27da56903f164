import { performance } from 'node:perf_hooks';
import type { TextMapPropagator } from '@opentelemetry/api';
import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { BaggageGate } from '../context/baggage-gate.ts';
import { ContextWithSpan } from '../context/context-with-span.ts';
import type { BodyBytes } from '../metrics/body-sizes.ts';
import type { HttpDurations } from '../metrics/http-durations.ts';
import type { SamplingTracer } from '../traces/tracer.ts';
import type { HeaderCaptures, HeaderOf } from './capture-headers.ts';
import { errorType } from './error-type.ts';
import { methodAttribute, methodName } from './http-method.ts';
import type { UrlRedaction } from './redact-url.ts';
import { SentSubject } from './sent-subject.ts';
import type { Target } from './target.ts';

/** The other end of a connection. */
export interface Peer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** What the client channels need: where spans and durations go, and how context travels. */
export interface HttpClientNeeds {
  readonly tracer: SamplingTracer;
  readonly propagator: TextMapPropagator;
  readonly baggageGate: BaggageGate;
  /** Asked for each request: metrics may be wanted later than spans. */
  readonly durations: HttpDurations | undefined;
  readonly excludedUrls: RegExp | undefined;
  readonly redaction: UrlRedaction;
  readonly captures: HeaderCaptures;
}

/** The owner of one outgoing request's state, whichever client sends it: span, duration, end. */
export class ClientRequest {
  readonly #span: Span;
  readonly #context: Context;
  readonly #target: Target;
  readonly #needs: HttpClientNeeds;
  readonly #start = performance.now();
  #status: number | undefined;
  #protocolVersion: string | undefined;
  #answerHeaderOf: HeaderOf | undefined;
  #error: unknown;
  #ended = false;

  private constructor(needs: HttpClientNeeds, target: Target, parent: Context) {
    const name = methodName(methodAttribute(target.method));
    this.#needs = needs;
    this.#target = target;
    this.#span = needs.tracer.startLazily(
      name,
      SpanKind.CLIENT,
      parent,
      new SentSubject(target, needs.redaction),
    );
    this.#context = new ContextWithSpan(parent, this.#span);
  }

  /** Starts the state of a request; undefined inside telemetry's own export, and for one that is not to be observed. */
  static start(needs: HttpClientNeeds, target: Target): ClientRequest | undefined {
    const parent = context.active();
    if (isTracingSuppressed(parent) || needs.excludedUrls?.test(target.url())) return undefined;
    return new ClientRequest(needs, target, parent);
  }

  /** Writes the context into the outgoing headers. A value the client refuses is left out: the request goes on without it. */
  inject(setHeader: (name: string, value: string) => void): void {
    const { propagator, baggageGate } = this.#needs;
    const context = baggageGate(this.#context, this.#target.host);
    propagator.inject(context, setHeader, {
      set(write, name, value) {
        try {
          write(name, value);
        } catch {
          // such as a line break in baggage: never the application's failure
        }
      },
    });
  }

  /** Told while the connection stands: one that is closed has forgotten whom it led to. */
  reached(peer: Peer | null | undefined): void {
    if (!peer || !this.#span.isRecording()) return;
    const { remoteAddress, remotePort } = peer;
    if (remoteAddress === undefined) return;
    this.#span.setAttribute('network.peer.address', remoteAddress);
    if (remotePort !== undefined) this.#span.setAttribute('network.peer.port', remotePort);
  }

  /** By what protocol it is sent, where that is known before the answer. */
  sentOver(protocolVersion: string): void {
    this.#protocolVersion = protocolVersion;
  }

  get isAnswered(): boolean {
    return this.#status !== undefined;
  }

  answered(status: number | undefined, protocolVersion?: string, headerOf?: HeaderOf): void {
    this.#status = status;
    if (protocolVersion !== undefined) this.#protocolVersion = protocolVersion;
    this.#answerHeaderOf = headerOf;
  }

  failed(error: unknown): void {
    this.#error = error;
  }

  /** The second call does nothing. The bytes are asked for only where body sizes are wanted. */
  end(bytes: () => BodyBytes): void {
    if (this.#ended) return;
    this.#ended = true;
    const failure = this.#failure();
    if (this.#span.isRecording()) this.#endSpan(failure);
    this.#recordDuration(failure, bytes);
  }

  /** HTTP semantic conventions, status: a client's span fails with 4xx, 5xx, or where the answer did not come or not whole, its own caller's doing or not. */
  #failure(): string | undefined {
    if (this.#error !== undefined) return errorType(this.#error);
    return this.#status !== undefined && this.#status >= 400 ? String(this.#status) : undefined;
  }

  #endSpan(failure: string | undefined): void {
    const attributes: Attributes = {};
    if (this.#status !== undefined) attributes['http.response.status_code'] = this.#status;
    if (this.#protocolVersion) attributes['network.protocol.version'] = this.#protocolVersion;
    if (failure !== undefined) attributes['error.type'] = failure;
    const { clientRequest, clientResponse } = this.#needs.captures;
    clientRequest?.(attributes, this.#target.headerOf);
    if (this.#answerHeaderOf) clientResponse?.(attributes, this.#answerHeaderOf);
    this.#span.setAttributes(attributes);
    if (failure !== undefined) {
      this.#span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(this.#error) });
    }
    this.#span.end();
  }

  #recordDuration(errorType: string | undefined, bytes: () => BodyBytes): void {
    const { durations } = this.#needs;
    if (!durations) return;
    const { method, scheme, host, port } = this.#target;
    const sent = {
      method: methodAttribute(method),
      scheme,
      host,
      port,
      status: this.#status,
      errorType,
      protocolVersion: this.#protocolVersion,
    };
    durations.recordSent(sent, (performance.now() - this.#start) / 1000, this.#span);
    durations.sizes?.recordSent(sent, bytes());
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
