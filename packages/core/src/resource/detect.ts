import type { Attributes } from '@opentelemetry/api';
import { reasonText } from '../lifecycle/harmless.ts';
import { warn } from '../lifecycle/warnings.ts';
import type { DetectionSettings } from '../settings/resource-settings.ts';
import { localAttributes } from './local-attributes.ts';
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
    try {
      for (const [key, value] of Object.entries(foundBy(detector, settings))) {
        if (isPromise(value)) pending.push(value.then((late) => defined(key, late)));
        else Object.assign(attributes, defined(key, value));
      }
    } catch (error) {
      warn(
        'a resource detector',
        `a resource detector failed and is left out: ${reasonText(error)}`,
      );
    }
  }
  return { attributes, pending };
}

function foundBy(
  detector: DetectionSettings['detectors'][number],
  settings: DetectionSettings,
): object {
  if (typeof detector === 'string') return localAttributes(detector, settings);
  return detector.detect().attributes ?? {};
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | undefined)?.then === 'function';
}

function defined(key: string, value: unknown): Attributes {
  return value === undefined || value === null ? {} : { [key]: value as string };
}
