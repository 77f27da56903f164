import type { ConfigNode } from './config-node.ts';
import type { ConfigPackage } from './config-options.ts';
import { propagatorNames } from './propagation-settings.ts';

/** The propagators of a configuration file that are provided here; any other is left, and thereby named. */
export function configPropagators(propagator: ConfigNode, merge: ConfigPackage): string[] {
  const list = propagator.at('composite_list');
  const named = merge.mergePropagatorCompositeConfig([], list.peek<string>()) ?? [];
  const inList = named.flatMap((each) => Object.keys(each));
  if (inList.every(isProvided)) list.take();
  const entries = propagator.at('composite').items();
  const names = [...entries.flatMap(takenFrom), ...inList.filter(isProvided)];
  return names.length > 0 ? [...new Set(names)] : ['none'];
}

function takenFrom(entry: ConfigNode): string[] {
  return entry.entries().flatMap(([name, node]) => {
    if (!isProvided(name)) return [];
    node.take();
    return [name];
  });
}

function isProvided(name: string): boolean {
  return (propagatorNames as readonly string[]).includes(name);
}
