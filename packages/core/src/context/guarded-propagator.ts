import type { Context, TextMapPropagator } from '@opentelemetry/api';
import { guarded } from '../lifecycle/guarded.ts';
import { orElse } from '../lifecycle/harmless.ts';
import { isContext } from './is-context.ts';

/** A propagator of the application's own: what it throws is said, and the request goes on without it. */
export function guardedPropagator(own: TextMapPropagator): TextMapPropagator {
  const inject = guarded('inject of a propagator', (...given: Parameters<typeof own.inject>) =>
    own.inject(...given),
  );
  return {
    inject,
    extract: (context, carrier, getter) =>
      orElse(
        () => contextOr(context, own.extract(context, carrier, getter)),
        () => context,
      ),
    fields: () =>
      orElse(
        () => Array.from(own.fields()).filter((field) => typeof field === 'string'),
        () => [],
      ),
  };
}

function contextOr(other: Context, extracted: unknown): Context {
  return isContext(extracted) ? extracted : other;
}
