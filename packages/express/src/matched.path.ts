import type { ExpressPath } from './express.request.ts';

const compiled = new Map<string, RegExp | undefined>();

/** The entry of a route's array of paths that matches `path`, or undefined. */
export function matchedPath(
  entries: readonly ExpressPath[],
  path: string,
): string | RegExp | undefined {
  for (const entry of entries) {
    if (Array.isArray(entry)) {
      const inner = matchedPath(entry, path);
      if (inner !== undefined) return inner;
    } else if (matcher(entry as string | RegExp)?.test(path)) return entry as string | RegExp;
  }
  return undefined;
}

function matcher(entry: string | RegExp): RegExp | undefined {
  // A global or sticky expression would remember its lastIndex: the application's own state.
  if (entry instanceof RegExp) return new RegExp(entry.source, entry.flags.replace(/[gy]/g, ''));
  if (!compiled.has(entry)) compiled.set(entry, compile(entry));
  return compiled.get(entry);
}

/** Close enough to both pattern languages of Express to tell the entries of one array apart. */
function compile(pattern: string): RegExp | undefined {
  const source = pattern
    .replace(/\./g, '\\.')
    .replace(/\{/g, '(?:')
    .replace(/\}/g, ')?')
    .replace(/:\w+(\([^)]*\))?/g, (_, own?: string) => own ?? '[^/]+')
    .replace(/\*\w*/g, '.*');
  try {
    return new RegExp(`^${source}/?$`, 'i');
  } catch {
    return undefined;
  }
}
