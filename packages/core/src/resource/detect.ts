import type { Attributes } from '@opentelemetry/api';
import { warn } from '../lifecycle/warnings.ts';
import type { DetectionSettings } from '../settings/resource-settings.ts';
import { localAttributes } from './local-attributes.ts';
import type { ResourceDetector } from './resource-detector.ts';
import type { Pending } from './settling-resource.ts';

/** What detectors found at once, and what they still look for. */
export interface Detected {
  readonly attributes: Attributes;
  readonly pending: readonly Pending[];
}

/** Asks every detector once. One that throws is said and left out. */
export function detect(settings: DetectionSettings): Detected {
  const attributes: Attributes = {};
  const pending: Pending[] = [];
  for (const detector of settings.detectors) {
    const found =
      typeof detector === 'string' ? localAttributes(detector, settings) : detectedBy(detector);
    for (const [key, value] of Object.entries(found)) {
      if (isPromise(value)) pending.push(value.then((late) => defined(key, late)));
      else Object.assign(attributes, defined(key, value));
    }
  }
  return { attributes, pending };
}

function detectedBy(detector: ResourceDetector): object {
  try {
    return detector.detect().attributes ?? {};
  } catch (error) {
    warn('a resource detector', `a resource detector failed and is left out: ${String(error)}`);
    return {};
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | undefined)?.then === 'function';
}

function defined(key: string, value: unknown): Attributes {
  return value === undefined || value === null ? {} : { [key]: value as string };
}
