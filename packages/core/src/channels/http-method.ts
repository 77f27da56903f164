/** HTTP semantic conventions, `http.request.method`: every other method is `_OTHER`, so that strangers make no series. */
export const conventionalMethods = [
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
] as const;

let known: ReadonlySet<string> = new Set(conventionalMethods);

/** The last one that was found: most requests of a server have one method. */
let latest: string | undefined;

/** Takes this list in place of the conventions' own. Returns the function that goes back to that. */
export function knowMethods(methods: readonly string[]): () => void {
  know(new Set(methods));
  return () => know(new Set(conventionalMethods));
}

function know(methods: ReadonlySet<string>): void {
  known = methods;
  latest = undefined;
}

/** The method as `http.request.method` has it. */
export function methodAttribute(method: string | undefined): string {
  if (method === undefined) return '_OTHER';
  if (method === latest) return method;
  if (!known.has(method)) return '_OTHER';
  latest = method;
  return method;
}

/** The method as a span's name has it. */
export function methodName(attribute: string): string {
  return attribute === '_OTHER' ? 'HTTP' : attribute;
}
