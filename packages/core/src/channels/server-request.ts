import { type EventEmitter, errorMonitor } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type Attributes, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestContext } from '../context/request-context.ts';
import { harmless, orElse } from '../lifecycle/harmless.ts';
import type { HttpDurations } from '../metrics/http-durations.ts';
import type { CaptureHeaders } from './capture-headers.ts';
import { errorType } from './error-type.ts';
import { isExceptionWanted, SERVER_EXCEPTION } from './exception-signal.ts';
import type { ExpressMounts } from './express-mounts.ts';
import { expressRouteOf } from './express-route.ts';
import { methodAttribute, methodName } from './http-method.ts';
import { isFinalAnswer } from './is-final-answer.ts';
import { servedBytes } from './message-bytes.ts';
import { recordException } from './record-exception.ts';

/** A route template, or a function that is asked for it when the request ends. */
export type Route = string | (() => string | undefined);

const REQUEST = Symbol('org.otel.request');

type Carrier = { [REQUEST]?: ServerRequest };

/** A response, whose request carries the state: each object that carries it makes a request dearer. */
type Answer = { readonly req?: Carrier };

/** A message of node:http2, whose stream carries the state. */
type StreamCarrier = { readonly stream?: Carrier };

/** The owner of one request's state: its span, its route, its duration, its end. */
export class ServerRequest {
  readonly context: RequestContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** How many listeners of its end the request has from Node itself. */
  ownEndListeners = 0;
  /** What Express has mounted above the layer that it asks now. */
  mounts: ExpressMounts | undefined;
  readonly #span: Span;
  readonly #durations: HttpDurations | undefined;
  readonly #captureResponse: CaptureHeaders | undefined;
  readonly #start = performance.now();
  #route: Route | undefined;
  #left = false;
  #error: unknown;
  /** Whether it went wrong with the answer half-way out. */
  #isBroken = false;
  #ended = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    span: Span,
    context: RequestContext,
    durations: HttpDurations | undefined,
    captureResponse: CaptureHeaders | undefined,
  ) {
    this.request = request;
    this.response = response;
    this.context = context;
    this.#span = span;
    this.#durations = durations;
    this.#captureResponse = captureResponse;
    (request as Carrier)[REQUEST] = this;
  }

  /** The request that a message of node:http or node:http2 belongs to; undefined for clients' and for those that came before `init()`. */
  static of(message: object): ServerRequest | undefined {
    return (
      ServerRequest.ofRequest(message) ??
      ServerRequest.ofResponse(message) ??
      (message as StreamCarrier).stream?.[REQUEST]
    );
  }

  /** Of an IncomingMessage, as its events ask. */
  static ofRequest(request: object): ServerRequest | undefined {
    return (request as Carrier)[REQUEST];
  }

  /** Of a ServerResponse, as its events ask. */
  static ofResponse(response: object): ServerRequest | undefined {
    return (response as Answer).req?.[REQUEST];
  }

  /** Lets it be found by another object too: a stream of HTTP/2 stands for the messages made of it. */
  belongsTo(carrier: object): void {
    (carrier as Carrier)[REQUEST] = this;
  }

  /** Whether anybody will see the route: a span that records, or the duration. */
  get isObserved(): boolean {
    return this.#durations !== undefined || this.#span.isRecording();
  }

  setRoute(route: Route): void {
    if (typeof route === 'string' || typeof this.#route !== 'string') this.#route = route;
    this.#left = false;
  }

  /** The route has passed the request on, or takes every request: a 404 that follows is nobody's. */
  leaveRoute(): void {
    this.#left = true;
  }

  /** Called when the last of the response was written: a handler that calls next() after that leads to other routes. */
  keepRoute(): void {
    if (typeof this.#route !== 'function' || !this.isObserved) return;
    this.#route = this.#askRoute() ?? this.#route;
  }

  recordError(error: unknown): void {
    if (this.#error !== undefined && isSameError(this.#error, error)) return;
    this.#error = error;
    if (this.response.headersSent && !this.response.writableEnded) this.#isBroken = true;
    recordException(this.#spanOfNow(), error, SERVER_EXCEPTION);
  }

  /** A stream that is piped into the response: where it fails, most frameworks end the answer without a word of why. */
  recordBreakOf(source: EventEmitter): void {
    if (!this.isObserved && !isExceptionWanted(this.#span)) return;
    if (source === this.request) return; // an echo, which breaks when its client goes away
    source.once(errorMonitor, (error) => {
      if (!this.#ended) harmless(() => this.recordError(error));
    });
  }

  /** Called when the response closes, finished or aborted; the second call does nothing. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.response.writableFinished) this.context.leave(); // the handler of one that was aborted may still run
    const recording = this.#span.isRecording();
    if (!recording && !this.#durations) return;
    this.#recordBreak();
    const status = this.#isSent() ? this.response.statusCode : undefined;
    const route = this.#isTakenByNobody(status) ? undefined : this.#askRoute();
    const failure = this.#failure(status);
    if (recording) this.#endSpan(route, status, failure);
    this.#recordDuration(route, status, failure);
  }

  /** A stream that breaks while it is piped takes its response along, before the application hears of it. */
  #recordBreak(): void {
    const { errored } = this.response;
    if (errored && this.#error === undefined && !this.#isInLine()) this.recordError(errored);
  }

  // Methods, where getters would do: V8 asks its runtime for a private getter, which costs more than all they do.
  #isSent(): boolean {
    return this.response.headersSent && !this.#isInLine();
  }

  /** Behind other responses of its connection, which closed before its turn: nothing of it was sent, whatever it says of itself. */
  #isInLine(): boolean {
    return this.response.socket === null && !this.response.writableFinished;
  }

  #spanOfNow(): Span {
    const active = trace.getActiveSpan();
    const mine = this.#span.spanContext().traceId;
    return active?.isRecording() && active.spanContext().traceId === mine ? active : this.#span;
  }

  /** A 404 that a route answers, or throws, is the route's; one that comes after it passed the request on is nobody's. */
  #isTakenByNobody(status: number | undefined): boolean {
    if (status !== 404) return false;
    return this.#left || (this.#error === undefined && isFinalAnswer(this.response));
  }

  #askRoute(): string | undefined {
    const route = this.#route;
    if (typeof route === 'string') return route;
    if (route === undefined) return expressRouteOf(this.request);
    return orElse(route, () => undefined);
  }

  /** HTTP semantic conventions, status: a server's span fails with 5xx, or when an error left no answer or half of one. */
  #failure(status: number | undefined): string | undefined {
    if (status !== undefined && status < 500 && !this.#isCutShort()) return undefined;
    if (this.#error !== undefined) return errorType(this.#error);
    return status === undefined ? undefined : String(status);
  }

  /** By an error: a client that goes away is no failure of the server. */
  #isCutShort(): boolean {
    return this.#isBroken || (this.#error !== undefined && !this.response.writableFinished);
  }

  #endSpan(
    route: string | undefined,
    status: number | undefined,
    failure: string | undefined,
  ): void {
    const span = this.#span;
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (failure !== undefined) span.setAttribute('error.type', failure);
    if (route !== undefined) {
      span.setAttribute('http.route', route);
      span.updateName(`${methodName(methodAttribute(this.request.method))} ${route}`);
    }
    if (this.#captureResponse) span.setAttributes(this.#captured(this.#captureResponse));
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  #captured(capture: CaptureHeaders): Attributes {
    const attributes: Attributes = {};
    capture(attributes, (name) => this.response.getHeader(name));
    return attributes;
  }

  #recordDuration(
    route: string | undefined,
    status: number | undefined,
    errorType: string | undefined,
  ): void {
    const durations = this.#durations;
    if (!durations) return;
    const { request, response } = this;
    const served = {
      method: methodAttribute(request.method),
      scheme: schemeOf(request),
      route,
      status,
      errorType,
      protocolVersion: request.httpVersion,
    };
    durations.recordServed(served, (performance.now() - this.#start) / 1000, this.#span);
    durations.sizes?.recordServed(served, servedBytes(request, response));
  }
}

/** Several doors tell of one error. Nest answers what a body parser throws with an exception of another class and the same message. */
function isSameError(told: unknown, error: unknown): boolean {
  if (!(told instanceof Error && error instanceof Error)) return told === error;
  return (
    told === error || (told.constructor !== error.constructor && told.message === error.message)
  );
}

/** `https` over TLS, else `http`. */
export function schemeOf(request: IncomingMessage): string {
  return 'encrypted' in request.socket ? 'https' : 'http';
}
