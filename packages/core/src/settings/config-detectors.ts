import type { ConfigNode } from './config-node.ts';
import { detectorNames } from './resource-settings.ts';

/** The schema's `service` detector is the one that gives the instance its id. */
const called: Readonly<Record<string, string>> = { service: 'serviceinstance' };

/** The detectors of a configuration file that are provided here; undefined where it names none, and the default ones look. */
export function configDetectors(resource: ConfigNode): string[] | undefined {
  const detectors = resource.at('detection/development').at('detectors');
  if (!detectors.isThere) return undefined;
  return detectors.items().flatMap((item) => item.entries().flatMap(provided));
}

function provided([name, node]: [string, ConfigNode]): string[] {
  const own = called[name] ?? name;
  if (!(detectorNames as readonly string[]).includes(own)) return [];
  node.take();
  return [own];
}
