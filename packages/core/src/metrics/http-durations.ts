import type { Attributes, Span } from '@opentelemetry/api';
import type { BodySizes } from './body-sizes.ts';
import { definedAttributes } from './defined-attributes.ts';
import { DurationHistogram, type DurationSeries } from './duration-histogram.ts';
import type { ExemplarFilter } from './exemplar-filter.ts';
import type { MetricData } from './metric-model.ts';
import type { OldHttpDurations } from './old-http-durations.ts';

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
  /** Only where body sizes are wanted. */
  sizes: BodySizes | undefined;
  /** Only where the old names are wanted beside. */
  old: OldHttpDurations | undefined;
  readonly #server = new DurationHistogram(
    'http.server.request.duration',
    'Duration of HTTP server requests.',
  );
  readonly #served = new Map<string | undefined, Map<number | undefined, ServedSeries[]>>();
  readonly #client = new DurationHistogram(
    'http.client.request.duration',
    'Duration of HTTP client requests.',
  );

  readonly #exemplary: ExemplarFilter;

  constructor(exemplary: ExemplarFilter) {
    this.#exemplary = exemplary;
  }

  /** Counts a request with the span that stands for it. */
  recordServed(request: ServedRequest, seconds: number, span: Span): void {
    this.#seriesOf(request).record(seconds, this.#exemplary(span));
    this.old?.recordServed(request, seconds, span);
  }

  /** Counts a request with the span that stands for it. */
  recordSent(request: SentRequest, seconds: number, span: Span): void {
    const { method, host, port, status, errorType, scheme, protocolVersion } = request;
    const key = `${method} ${host}:${port} ${status} ${errorType} ${scheme} ${protocolVersion}`;
    const series = this.#client.series(key, () => sentAttributes(request));
    series.record(seconds, this.#exemplary(span));
    this.old?.recordSent(request, seconds, span);
  }

  /** Two lookups and a short comparison, with no text put together: one key of six parts cost 200 ns a request. */
  #seriesOf(request: ServedRequest): DurationSeries {
    const { route, status } = request;
    const byStatus = this.#served.get(route) ?? new Map<number | undefined, ServedSeries[]>();
    const alike = byStatus.get(status) ?? [];
    for (const known of alike) if (isSame(known.request, request)) return known.series;
    const series = this.#server.series(keyOf(request), () => servedAttributes(request));
    if (!series.isOverflow) {
      this.#served.set(route, byStatus.set(status, [...alike, { request, series }]));
    }
    return series;
  }

  instruments() {
    return this.histograms().map(({ info }) => info);
  }

  histograms(): DurationHistogram[] {
    return [this.#server, this.#client];
  }

  collect(): MetricData[] {
    const all = this.histograms().map((histogram) => histogram.collect());
    return all.filter(({ dataPoints }) => dataPoints.length > 0);
  }
}

interface ServedSeries {
  readonly request: ServedRequest;
  readonly series: DurationSeries;
}

function isSame(a: ServedRequest, b: ServedRequest): boolean {
  return (
    a.method === b.method &&
    a.errorType === b.errorType &&
    a.scheme === b.scheme &&
    a.protocolVersion === b.protocolVersion
  );
}

function keyOf({
  method,
  route,
  status,
  errorType,
  scheme,
  protocolVersion,
}: ServedRequest): string {
  return [method, route, status, errorType, scheme, protocolVersion].join(' ');
}

/** The attributes that every metric of a served request has. */
export function servedAttributes(request: ServedRequest): Attributes {
  return definedAttributes({
    'http.request.method': request.method,
    'http.route': request.route,
    'http.response.status_code': request.status,
    'error.type': request.errorType,
    'url.scheme': request.scheme,
    'network.protocol.version': request.protocolVersion,
  });
}

/** The attributes that every metric of a sent request has. */
export function sentAttributes(request: SentRequest): Attributes {
  return definedAttributes({
    'http.request.method': request.method,
    'server.address': request.host,
    'server.port': request.port,
    'http.response.status_code': request.status,
    'error.type': request.errorType,
    'url.scheme': request.scheme,
    'network.protocol.version': request.protocolVersion,
  });
}
