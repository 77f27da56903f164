import type { TextMapPropagator } from '@opentelemetry/api';
import { fromApplication } from '../lifecycle/from-application.ts';
import { orElse } from '../lifecycle/harmless.ts';

/** Formats whose official package the application installs itself. */
export const officialPropagators = {
  jaeger: { from: '@opentelemetry/propagator-jaeger', export: 'JaegerPropagator' },
  xray: { from: '@opentelemetry/propagator-aws-xray', export: 'AWSXRayPropagator' },
} as const;

/** The propagator of an official package as the application has it; undefined where it is not installed. */
export function officialPropagator(
  name: keyof typeof officialPropagators,
): TextMapPropagator | undefined {
  const official = officialPropagators[name];
  const Propagator = fromApplication(official.from)?.[official.export];
  return orElse(
    () => new (Propagator as new () => TextMapPropagator)(),
    () => undefined,
  );
}
