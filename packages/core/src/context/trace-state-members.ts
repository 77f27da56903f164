/** W3C Trace Context level 2, 3.3.1: at most so many list members. */
const MAX_MEMBERS = 32;

/** What 32 members can be at most, each with a key and a value of 256 characters, and some white space. */
const MAX_LENGTH = 32 * (256 + 256 + 2) + 2048;

const KEY = /^[a-z0-9][a-z0-9_\-*/@]{0,255}$/;
const VALUE = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

export function isTraceStateKey(key: unknown): key is string {
  return typeof key === 'string' && KEY.test(key);
}

export function isTraceStateValue(value: unknown): value is string {
  return typeof value === 'string' && VALUE.test(value);
}

/** The members of a `tracestate` header in their order; undefined where any of it is against the grammar: then all of it is discarded. */
export function traceStateMembers(header: string): Map<string, string> | undefined {
  if (header.length > MAX_LENGTH) return undefined;
  const members = new Map<string, string>();
  for (const part of header.split(',')) {
    const member = trimmed(part);
    if (member === '') continue;
    const split = member.indexOf('=');
    const [key, value] = [member.slice(0, split), member.slice(split + 1)];
    if (split < 1 || !isTraceStateKey(key) || !isTraceStateValue(value)) return undefined;
    if (members.has(key) || members.size === MAX_MEMBERS) return undefined;
    members.set(key, value);
  }
  return members;
}

/** Optional white space is space and tab, and no other. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
