/**
 * Whether one of the header fields (lower case) is among `rawHeaders`, which alternates names and values. Reading
 * `request.headers` instead would make Node put together the whole object, for most requests in vain.
 */
export function carriesAny(rawHeaders: readonly string[], fields: readonly string[]): boolean {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    for (const field of fields) {
      if (name.length === field.length && name.toLowerCase() === field) return true;
    }
  }
  return false;
}
