import { createParamDecorator } from '@nestjs/common';
import { type Baggage, propagation, type Span } from '@opentelemetry/api';
import { currentTraceFields } from '@org/otel-core';
import { spanOfEntry } from './handler.entry.ts';

/**
 * Gives a handler's parameter the active span: the controller span, or the server span where there
 * is none; undefined without telemetry.
 *
 * @example
 * ```ts
 * class OrdersController {
 *   find(@ActiveSpan() span: Span | undefined) {
 *     span?.setAttribute('app.vip', true);
 *   }
 * }
 * ```
 */
export const ActiveSpan: () => ParameterDecorator = createParamDecorator((): Span | undefined =>
  spanOfEntry(),
);

/**
 * Gives a handler's parameter the id of its trace, 32 hexadecimal digits, sampled or not; undefined
 * without telemetry.
 *
 * @example
 * ```ts
 * class OrdersController {
 *   find(@TraceId() traceId: string | undefined) {
 *     return { traceId };
 *   }
 * }
 * ```
 */
export const TraceId: () => ParameterDecorator = createParamDecorator(
  (): string | undefined => currentTraceFields()?.traceId,
);

/**
 * Gives a handler's parameter one value of the request's baggage, or with no name all of it;
 * undefined where the caller sent none.
 *
 * @example
 * ```ts
 * class OrdersController {
 *   find(@BaggageValue('tenant') tenant: string | undefined) {
 *     return { tenant };
 *   }
 * }
 * ```
 */
export const BaggageValue: (name?: string) => ParameterDecorator = createParamDecorator(
  (name: string | undefined): string | Baggage | undefined => {
    const baggage = propagation.getActiveBaggage();
    return name === undefined ? baggage : baggage?.getEntry(name)?.value;
  },
);
