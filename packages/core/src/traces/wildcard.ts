/**
 * A test for texts of a pattern in which `*` stands for any characters, none included, and `?` for one.
 * Not a regular expression: a long text that almost matches costs no more than its length times the pattern's.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const start = pattern.slice(0, -1);
  if (pattern.endsWith('*') && !/[*?]/.test(start)) return (text) => text.startsWith(start);
  return (text) => matches(pattern, text);
}

function matches(pattern: string, text: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      retry = at;
    } else if (pattern[p] === '?' || pattern[p] === text[at]) {
      p++;
      at++;
    } else if (star >= 0) {
      p = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
