import { type Attributes, trace } from '@opentelemetry/api';
import { harmless } from '../lifecycle/harmless.ts';

/**
 * Adds attributes to the span that is active now. Does nothing where none is active, where it is not
 * kept, and without `init()`. Never throws.
 *
 * @example
 * ```ts
 * addSpanAttributes({ 'app.order': order.id, 'app.items': order.items.length });
 * ```
 */
export function addSpanAttributes(attributes: Attributes): void {
  harmless(() => trace.getActiveSpan()?.setAttributes(attributes));
}
