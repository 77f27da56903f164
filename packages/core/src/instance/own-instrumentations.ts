import { guarded } from '../lifecycle/guarded.ts';
import type { Instrumentation } from '../settings/extensions-option.ts';
import type { ApiGlobals } from './api-globals.ts';

/** Switches instrumentations on, reporting to this process's providers. Returns the function that switches them off. */
export function enableInstrumentations(
  instrumentations: readonly Instrumentation[],
  { tracerProvider, meterProvider, loggerProvider }: ApiGlobals,
): () => void {
  const enable = guarded('an instrumentation', (each: Instrumentation) => {
    each.setTracerProvider(tracerProvider);
    each.setMeterProvider(meterProvider);
    each.setLoggerProvider?.(loggerProvider);
    each.enable();
  });
  const disable = guarded('an instrumentation', (each: Instrumentation) => each.disable());
  instrumentations.forEach((each) => void enable(each));
  return () => instrumentations.forEach((each) => void disable(each));
}
