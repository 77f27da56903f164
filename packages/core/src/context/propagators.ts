import type { TextMapPropagator } from '@opentelemetry/api';
import type { PropagationSettings, PropagatorName } from '../settings/propagation-settings.ts';
import { B3Propagator } from './b3-propagator.ts';
import { BaggagePropagator } from './baggage-propagator.ts';
import { guardedPropagator } from './guarded-propagator.ts';
import { HeaderPropagator } from './header-propagator.ts';
import { officialPropagator } from './official-propagator.ts';
import { TraceContextPropagator } from './trace-context-propagator.ts';

const formats: Record<PropagatorName, () => TextMapPropagator | undefined> = {
  tracecontext: () => new TraceContextPropagator(),
  baggage: () => new BaggagePropagator(),
  b3: () => new B3Propagator('single'),
  b3multi: () => new B3Propagator('multi'),
  jaeger: () => officialPropagator('jaeger'),
  xray: () => officialPropagator('xray'),
  none: () => undefined,
};

/** The propagator in force: the named formats and the application's own, in their order. */
export function propagatorFor(wanted: PropagationSettings['propagators']): HeaderPropagator {
  if (wanted.includes('none')) return new HeaderPropagator([]);
  const propagators = wanted.map((each) =>
    typeof each === 'string' ? formats[each]() : guardedPropagator(each),
  );
  return new HeaderPropagator(propagators.filter((each) => each !== undefined));
}
