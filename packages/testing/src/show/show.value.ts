import { oneLine } from './one.line.ts';

/** Any value on one line, as a reader would write it in a test. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return oneLine(JSON.stringify(value));
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name ? `[${value.name}]` : '[predicate]';
  if (value instanceof Uint8Array) return `<${Buffer.from(value).toString('hex')}>`;
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    return `{ ${showRecord(value)} }`;
  }
  return oneLine(String(value));
}

/** A record's entries on one line: `http.route="/x" http.response.status_code=200`. */
export function showRecord(record: object): string {
  return Object.entries(record)
    .map(([key, value]) => `${oneLine(key)}=${showValue(value)}`)
    .join(' ');
}
