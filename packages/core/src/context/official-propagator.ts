import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TextMapPropagator } from '@opentelemetry/api';

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
  for (const start of [join(process.cwd(), 'app.js'), process.argv[1]]) {
    if (!start) continue;
    try {
      const loaded = createRequire(start)(official.from);
      return new loaded[official.export]();
    } catch {
      // not installed there
    }
  }
  return undefined;
}
