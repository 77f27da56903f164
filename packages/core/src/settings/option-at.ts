import { orElse } from '../lifecycle/harmless.ts';

/** The option at a dotted path; undefined where the way to it is no object, or cannot be read. */
export function optionAt(options: unknown, path: string): unknown {
  return orElse(
    () => path.split('.').reduce<unknown>(member, options),
    () => undefined,
  );
}

function member(parent: unknown, name: string): unknown {
  if (typeof parent !== 'object' || parent === null) return undefined;
  return (parent as Record<string, unknown>)[name] ?? undefined;
}
