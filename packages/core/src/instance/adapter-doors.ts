import type { IncomingMessage } from 'node:http';
import type { Route } from '../channels/server-request.ts';
import { harmless, orElse } from '../lifecycle/harmless.ts';
import type { InstrumentListener } from '../metrics/instrument-news.ts';
import type { MetricProducer, ResourceMetrics } from '../metrics/metric-model.ts';
import { sharedCore } from './shared-core.ts';

/**
 * Tells the route template of a request: it becomes `http.route` and the span's name. A string wins
 * over a function, the last string over earlier ones; a function is asked once, when the request
 * ends. Does nothing without `init()`. Never throws.
 *
 * @example
 * ```ts
 * setRoute(request, '/orders/:id');
 * ```
 */
export function setRoute(request: IncomingMessage, route: Route): void {
  harmless(() => sharedCore().running?.setRoute(request, route));
}

/**
 * Records an error that was dealt with: one exception event for each error object, on the span that is
 * active. The span's status stays: whether the work failed is known to whoever goes on with it. Does
 * nothing where no span is active, and without `init()`. Never throws.
 *
 * @example
 * ```ts
 * try {
 *   await refreshCache();
 * } catch (error) {
 *   recordError(error);
 * }
 * ```
 */
export function recordError(error: unknown): void;
/**
 * Records what went wrong while a request was served: one exception event for each error object, on
 * the active span if it records and belongs to the request, else on the server span. Where no request
 * is at hand, give `undefined`: the active span takes it. Does nothing without `init()`. Never throws.
 *
 * @example
 * ```ts
 * app.use((error, request, response, next) => {
 *   recordError(request, error);
 *   next(error);
 * });
 * ```
 */
export function recordError(request: IncomingMessage | undefined, error: unknown): void;
export function recordError(...given: [unknown] | [IncomingMessage | undefined, unknown]): void {
  const [request, error] = given.length === 1 ? [undefined, given[0]] : given;
  harmless(() => sharedCore().running?.recordError(request, error));
}

/**
 * Whether an instrumentation is switched off, by `disabledInstrumentations` or
 * `OTEL_NODE_DISABLED_INSTRUMENTATIONS`; `false` without `init()`. Never throws.
 *
 * @example
 * ```ts
 * if (!isInstrumentationDisabled('nestjs')) startControllerSpan();
 * ```
 */
export function isInstrumentationDisabled(name: string): boolean {
  return sharedCore().running?.isDisabled?.(name) ?? false;
}

/**
 * The request that is being served now: the one in whose context the caller runs. `undefined` outside of
 * requests, for what goes on after the response has been sent, and without `init()`. Never throws.
 *
 * @example
 * ```ts
 * recordError(activeRequest(), error);
 * ```
 */
export function activeRequest(): IncomingMessage | undefined {
  return sharedCore().running?.activeRequest?.();
}

/**
 * Adds a source of metrics that leave over OTLP with the others; may be called before `init()`.
 * Returns the function that takes it away again. A producer that rejects leaves out its own metrics only.
 *
 * @example
 * ```ts
 * const remove = addMetricProducer({ collect: async () => myMetrics() });
 * ```
 */
export function addMetricProducer(producer: MetricProducer): () => void {
  const { producers } = sharedCore();
  producers.add(producer);
  return () => void producers.delete(producer);
}

/** Which metrics `collectMetrics()` leaves out. */
export interface CollectOptions {
  /** The producer whose metrics are not wanted. @defaultValue none is left out */
  readonly without?: MetricProducer;
}

/**
 * All metrics of this process as the OTLP export would see them now, cumulative; `undefined` without
 * `init()`. Collecting disturbs no other reader.
 *
 * @example
 * ```ts
 * const metrics = await collectMetrics();
 * ```
 */
export async function collectMetrics(
  options: CollectOptions = {},
): Promise<ResourceMetrics | undefined> {
  const without = orElse(
    () => options.without,
    () => undefined,
  );
  return sharedCore().running?.collectMetrics(without);
}

/**
 * Calls the listener for every instrument, those that exist already included. Returns the function
 * that ends it.
 *
 * @example
 * ```ts
 * const stop = onInstrument(({ name, unit }) => console.log(name, unit));
 * ```
 */
export function onInstrument(listener: InstrumentListener): () => void {
  const { instrumentListeners, running } = sharedCore();
  instrumentListeners.add(listener);
  running?.repeatInstruments(listener);
  return () => void instrumentListeners.delete(listener);
}
