import type { TextMapPropagator } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import type { PropagatorName } from '../settings/options.ts';
import { guardedPropagator } from './guarded-propagator.ts';

/** The propagator in force: the named formats and the application's own, in their order. */
export function propagatorFor(
  names: readonly (PropagatorName | TextMapPropagator)[],
): TextMapPropagator {
  const propagators = names.includes('none') ? [] : names.map(onePropagator);
  return new CompositePropagator({ propagators });
}

function onePropagator(name: PropagatorName | TextMapPropagator): TextMapPropagator {
  if (typeof name === 'object') return guardedPropagator(name);
  return name === 'baggage' ? new W3CBaggagePropagator() : new W3CTraceContextPropagator();
}
