import type { TextMapPropagator } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import type { PropagatorName } from '../settings/options.ts';

/** The propagator in force: the named formats, in their order. */
export function propagatorFor(names: readonly PropagatorName[]): TextMapPropagator {
  const propagators = names.includes('none') ? [] : names.map(propagatorNamed);
  return new CompositePropagator({ propagators });
}

function propagatorNamed(name: PropagatorName): TextMapPropagator {
  return name === 'baggage' ? new W3CBaggagePropagator() : new W3CTraceContextPropagator();
}
