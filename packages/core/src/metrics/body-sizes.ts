import type { Histogram, Meter } from '@opentelemetry/api';
import {
  type SentRequest,
  type ServedRequest,
  sentAttributes,
  servedAttributes,
} from './http-durations.ts';

/** The bytes of a request's and its answer's body; undefined where they are not known. */
export interface BodyBytes {
  readonly request: number | undefined;
  readonly response: number | undefined;
}

/** Boundaries in bytes, each four times the one before: the SDK's own end at 10 kB. */
const boundaries = [0, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

/** The body sizes of the HTTP semantic conventions, with the attributes of the durations; every body that is known is recorded once. */
export class BodySizes {
  readonly #served: Record<keyof BodyBytes, Histogram>;
  readonly #sent: Record<keyof BodyBytes, Histogram>;

  constructor(meter: Meter) {
    this.#served = histograms(meter, 'server');
    this.#sent = histograms(meter, 'client');
  }

  recordServed(request: ServedRequest, bytes: BodyBytes): void {
    record(this.#served, bytes, servedAttributes(request));
  }

  recordSent(request: SentRequest, bytes: BodyBytes): void {
    record(this.#sent, bytes, sentAttributes(request));
  }
}

function histograms(meter: Meter, side: 'server' | 'client') {
  const histogram = (body: keyof BodyBytes) =>
    meter.createHistogram(`http.${side}.${body}.body.size`, {
      description: `Size of HTTP ${side} ${body} bodies.`,
      unit: 'By',
      advice: { explicitBucketBoundaries: boundaries },
    });
  return { request: histogram('request'), response: histogram('response') };
}

function record(
  to: Record<keyof BodyBytes, Histogram>,
  bytes: BodyBytes,
  attributes: ReturnType<typeof servedAttributes>,
): void {
  if (bytes.request !== undefined) to.request.record(bytes.request, attributes);
  if (bytes.response !== undefined) to.response.record(bytes.response, attributes);
}
