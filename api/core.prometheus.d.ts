// Public API, checked by `npm test`. Updated by `npm run api`.

import { Attributes } from '@opentelemetry/api';

/** What a name is made from. */
export interface Named {
    readonly name: string;
    readonly unit: string;
    /** A monotonic sum gets `_total`, a gauge with unit `1` gets `_ratio`. */
    readonly kind: 'counter' | 'gauge' | 'other';
}

/** Exemplars at the index of their bucket, the one without an upper bound last. */
export declare function exemplarsByBucket(boundaries: readonly number[], exemplars: readonly Exemplar[]): Exemplar[];

/**
 * Attributes as Prometheus labels: `http.route` -> `http_route`. Two keys that become one keep both values, joined by `;`
 * in the order of their keys, as the compatibility specification asks. A value that cannot be text is empty.
 */
export declare function prometheusLabels(attributes: Attributes): Readonly<Labels>;

/**
 * The Prometheus name of an OpenTelemetry metric, by the compatibility specification and in the Collector's way:
 * `http.server.request.duration` in `s` -> `http_server_request_duration_seconds`.
 */
export declare function prometheusName({ name, unit, kind }: Named): string;

/** The unit that a Prometheus name ends with (`_seconds`, `_bytes_total`, `_ratio`), as OpenTelemetry writes it, or none. */
export declare function unitOfName(name: string): string;

/** A measurement kept as an example of its series, with the span it was made in. */
interface Exemplar {
    readonly value: number;
    /** When it was measured, in milliseconds since 1970. */
    readonly time: number;
    /** Of the span; absent where none was active. */
    readonly traceId?: string | undefined;
    readonly spanId?: string | undefined;
    /** What a view filtered out of the series' attributes. */
    readonly filteredAttributes?: Readonly<Attributes>;
}

/** Labels of a series, by name. */
type Labels = Record<string, string>;
