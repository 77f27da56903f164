import type { Attributes } from '@opentelemetry/api';
import type { MetricData } from '@opentelemetry/sdk-metrics';
import { DurationHistogram } from './duration-histogram.ts';

/** A finished request as its server counted it. */
export interface ServedRequest {
  readonly method: string;
  readonly scheme: string;
  readonly route: string | undefined;
  readonly status: number | undefined;
  readonly errorType: string | undefined;
  readonly protocolVersion: string;
}

/** A finished request as its client counted it. */
export interface SentRequest {
  readonly method: string;
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly status: number | undefined;
  readonly errorType: string | undefined;
  readonly protocolVersion: string | undefined;
}

/** The two stable HTTP metrics; every request is recorded once, with the route and status it ended with. */
export class HttpDurations {
  readonly #server = new DurationHistogram(
    'http.server.request.duration',
    'Duration of HTTP server requests.',
  );
  readonly #client = new DurationHistogram(
    'http.client.request.duration',
    'Duration of HTTP client requests.',
  );

  recordServed(request: ServedRequest, seconds: number): void {
    const { method, route, status, errorType, scheme, protocolVersion } = request;
    const key = `${method} ${route} ${status} ${errorType} ${scheme} ${protocolVersion}`;
    this.#server.series(key, () => servedAttributes(request)).record(seconds);
  }

  recordSent(request: SentRequest, seconds: number): void {
    const { method, host, port, status, errorType, scheme, protocolVersion } = request;
    const key = `${method} ${host}:${port} ${status} ${errorType} ${scheme} ${protocolVersion}`;
    this.#client.series(key, () => sentAttributes(request)).record(seconds);
  }

  instruments() {
    return [this.#server.info, this.#client.info];
  }

  collect(): MetricData[] {
    return [this.#server.collect(), this.#client.collect()].filter(
      ({ dataPoints }) => dataPoints.length > 0,
    );
  }
}

function servedAttributes(request: ServedRequest): Attributes {
  return defined({
    'http.request.method': request.method,
    'http.route': request.route,
    'http.response.status_code': request.status,
    'error.type': request.errorType,
    'url.scheme': request.scheme,
    'network.protocol.version': request.protocolVersion,
  });
}

function sentAttributes(request: SentRequest): Attributes {
  return defined({
    'http.request.method': request.method,
    'server.address': request.host,
    'server.port': request.port,
    'http.response.status_code': request.status,
    'error.type': request.errorType,
    'url.scheme': request.scheme,
    'network.protocol.version': request.protocolVersion,
  });
}

function defined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
