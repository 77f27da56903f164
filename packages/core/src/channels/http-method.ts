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

/** Takes this list in place of the conventions' own. Returns the function that goes back to that. */
export function knowMethods(methods: readonly string[]): () => void {
  known = new Set(methods);
  return () => {
    known = new Set(conventionalMethods);
  };
}

/** The method as `http.request.method` has it. */
export function methodAttribute(method: string | undefined): string {
  return method !== undefined && known.has(method) ? method : '_OTHER';
}

/** The method as a span's name has it. */
export function methodName(attribute: string): string {
  return attribute === '_OTHER' ? 'HTTP' : attribute;
}
