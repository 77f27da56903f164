import { addMetricProducer } from '@org/otel-core';
import { register } from 'prom-client';
import { checkRegistry, type PromRegistry } from './prom-registry.ts';
import { registryProducer } from './registry-producer.ts';
import { showInRegistry } from './show-in-registry.ts';

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
export function bridge(options: BridgeOptions = {}): Bridge {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`bridge(options): expected an object, got ${String(options)}`);
  }
  const { registry = register, toOtlp = true, toPrometheus = true } = options;
  const { targetInfo = true, scopeLabels = false } = options;
  checkRegistry('bridge({ registry })', registry);
  const producer = toOtlp ? registryProducer(registry) : undefined;
  const closers: (() => void)[] = [];

  if (producer) closers.push(addMetricProducer(producer));
  if (toPrometheus) {
    closers.push(showInRegistry(registry, { targetInfo, scopeLabels, without: producer }));
  }
  function disconnect() {
    for (const close of closers.splice(0)) close();
  }
  return { disconnect, [Symbol.dispose]: disconnect };
}
