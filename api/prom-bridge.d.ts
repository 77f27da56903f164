// Public API, checked by `npm test`. Updated by `npm run api`.

import { Counter } from 'prom-client';
import { CounterConfiguration } from 'prom-client';
import { Histogram } from 'prom-client';
import { HistogramConfiguration } from 'prom-client';
import { IncomingMessage } from 'node:http';
import { OpenMetricsContentType } from 'prom-client';
import { PrometheusContentType } from 'prom-client';
import { Registry } from 'prom-client';
import { ServerResponse } from 'node:http';

/**
 * A bridge that is open.
 *
 * @example
 * ```ts
 * const open = bridge();
 * open.disconnect();
 * ```
 */
export interface Bridge extends Disposable {
    /** Closes both ways: the registry is as it was, and nothing of it is exported any more. */
    disconnect(): void;
}

/**
 * Which way metrics go, and what is shown with them.
 *
 * @example
 * ```ts
 * bridge({ registry, toOtlp: false }); // only show OpenTelemetry's metrics on the endpoint
 * ```
 */
export interface BridgeOptions {
    /** The prom-client registry. Default: prom-client's global one (`promClient.register`). */
    readonly registry?: PromRegistry;
    /** Export what is in the registry over OTLP, with OpenTelemetry's own metrics. Default true. */
    readonly toOtlp?: boolean;
    /** Show OpenTelemetry's metrics in the registry, and so on the application's own endpoint. Default true. */
    readonly toPrometheus?: boolean;
    /** Show the resource (service name, host, …) as `target_info`. Default true; only with `toPrometheus`. */
    readonly targetInfo?: boolean;
    /** Put `otel_scope_name` and `otel_scope_version` on every series that comes from OpenTelemetry. Default false. */
    readonly scopeLabels?: boolean;
}

/**
 * A prom-client registry of either text format.
 *
 * @example
 * ```ts
 * const registry: PromRegistry = new promClient.Registry();
 * ```
 */
export type PromRegistry = Registry<PrometheusContentType> | Registry<OpenMetricsContentType>;

/**
 * Joins a prom-client registry with OpenTelemetry, both ways: the registry's metrics also leave over OTLP, and
 * OpenTelemetry's (HTTP durations, Node runtime, your own instruments) also show on the endpoint that serves the
 * registry. Nothing is counted twice: what came from one side is not sent back to it. May be called before or after
 * `init()`; without it the registry stays as it is.
 *
 * Figures are computed when somebody collects; between collections the bridge does nothing.
 *
 * @throws TypeError when `registry` is no registry of prom-client, at once.
 *
 * @example
 * ```ts
 * init();
 * const registry = new promClient.Registry();
 * promClient.collectDefaultMetrics({ register: registry });
 * bridge({ registry });
 * app.get('/prometheus/metrics', metricsHandler(registry));
 * ```
 */
export declare function bridge(options?: BridgeOptions): Bridge;

/**
 * A handler that serves a prom-client registry, for Express, `node:http` and anything with their request and response:
 * GET and HEAD get the registry's text in its content type, other methods 405. A metric whose `collect` throws makes it
 * 500 with the reason; it never throws.
 *
 * @param registry - default: prom-client's global one.
 * @throws TypeError when it is given something else, at once and not on a request.
 *
 * @example
 * ```ts
 * app.get('/prometheus/metrics', metricsHandler(registry));
 * ```
 */
export declare function metricsHandler(registry?: PromRegistry): (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A prom-client counter whose series carry exemplars: the trace and span that counted last, over OTLP and in an
 * OpenMetrics registry. It is called as any counter of prom-client is, and may be in a registry of either format.
 * Only sampled spans are shown (`OTEL_METRICS_EXEMPLAR_FILTER`, default `trace_based`).
 *
 * @throws what prom-client's constructor throws for a configuration it cannot use
 *
 * @example
 * ```ts
 * const orders = tracedCounter({ name: 'orders_total', help: 'Orders', labelNames: ['kind'] });
 * orders.inc({ kind: 'gift' });
 * ```
 */
export declare function tracedCounter<T extends string>(configuration: CounterConfiguration<T>): Counter<T>;

/**
 * A prom-client histogram whose buckets carry exemplars: the trace and span that were measured last, over OTLP and in an
 * OpenMetrics registry. It is called as any histogram of prom-client is (`observe`, `startTimer`, `labels`), and may be
 * in a registry of either format. Only sampled spans are shown (`OTEL_METRICS_EXEMPLAR_FILTER`, default `trace_based`).
 *
 * @throws what prom-client's constructor throws for a configuration it cannot use
 *
 * @example
 * ```ts
 * const payments = tracedHistogram({ name: 'payment_seconds', help: 'Payments', labelNames: ['bank'] });
 * const end = payments.startTimer({ bank: 'one' });
 * await pay();
 * end();
 * ```
 */
export declare function tracedHistogram<T extends string>(configuration: HistogramConfiguration<T>): Histogram<T>;
