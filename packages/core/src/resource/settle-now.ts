import type { Resource } from '@opentelemetry/resources';
import { SettlingResource } from './settling-resource.ts';

/** Ends the wait for detectors, if there is one: what ends now is exported with what is known. */
export function settleNow(resource: Resource): void {
  if (resource instanceof SettlingResource) resource.settle();
}
