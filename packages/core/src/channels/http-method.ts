/** HTTP semantic conventions, `http.request.method`: every other method is `_OTHER`, so that strangers make no series. */
const known = new Set([
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
]);

/** The method as `http.request.method` has it. */
export function methodAttribute(method: string | undefined): string {
  return method !== undefined && known.has(method) ? method : '_OTHER';
}

/** The method as a span's name has it. */
export function methodName(attribute: string): string {
  return attribute === '_OTHER' ? 'HTTP' : attribute;
}
