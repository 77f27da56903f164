import {
  type Attributes,
  context,
  type Histogram,
  type Meter,
  type Span,
} from '@opentelemetry/api';
import { ContextWithSpan } from '../context/context-with-span.ts';
import { definedAttributes } from './defined-attributes.ts';
import type { SentRequest, ServedRequest } from './http-durations.ts';

/** Boundaries in milliseconds: what the SDK took before durations were in seconds. */
const boundaries = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

/** The durations as they were called before the HTTP semantic conventions were stable, in milliseconds. */
export class OldHttpDurations {
  readonly #served: Histogram;
  readonly #sent: Histogram;

  constructor(meter: Meter) {
    this.#served = histogram(
      meter,
      'http.server.duration',
      'Measures the duration of inbound HTTP requests.',
    );
    this.#sent = histogram(
      meter,
      'http.client.duration',
      'Measures the duration of outbound HTTP requests.',
    );
  }

  recordServed(request: ServedRequest, seconds: number, span: Span): void {
    const attributes = oldAttributes(request, { 'http.route': request.route });
    this.#served.record(seconds * 1000, attributes, new ContextWithSpan(context.active(), span));
  }

  recordSent(request: SentRequest, seconds: number, span: Span): void {
    const peer = { 'net.peer.name': request.host, 'net.peer.port': request.port };
    const attributes = oldAttributes(request, peer);
    this.#sent.record(seconds * 1000, attributes, new ContextWithSpan(context.active(), span));
  }
}

function histogram(meter: Meter, name: string, description: string): Histogram {
  const advice = { explicitBucketBoundaries: boundaries };
  return meter.createHistogram(name, { description, unit: 'ms', advice });
}

function oldAttributes(request: ServedRequest | SentRequest, more: Attributes): Attributes {
  return definedAttributes({
    'http.method': request.method,
    'http.scheme': request.scheme,
    'http.status_code': request.status,
    'http.flavor': request.protocolVersion,
    ...more,
  });
}
