/** A URL that could not be used, as a message shows it: whatever may be a name, a password or a key in it is masked. */
export function maskedUrl(raw: string): string {
  return raw.replace(/[?#].*$/s, '?***').replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1***@');
}
