import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { isStamped } from './stamped.ts';

// Deeper than any line is meant to be read; what lies below is written as its type.
const MAX_DEPTH = 8;

const NOT_ATTRIBUTES = new Set(['level', 'message', 'timestamp']);

/**
 * What a line says besides its message, as attributes: any value, never a throw. Circular parts and throwing getters
 * become a word, functions and symbols are left out, BigInt and Date become text. An Error is left to the caller.
 */
export function logAttributes(info: object): { attributes: Attributes; error: Error | undefined } {
  const attributes: Attributes = {};
  let error: Error | undefined;
  for (const key of Object.keys(info)) {
    if (NOT_ATTRIBUTES.has(key) || isStamped(info, key)) continue;
    const value = read(info, key);
    if (value instanceof Error && !error) error = value;
    else put(attributes, key, logValue(value));
  }
  return { attributes, error };
}

/** Any value as one that OTLP has; undefined where there is nothing to say. */
export function logValue(
  value: unknown,
  above: readonly object[] = [],
): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString();
    case 'object':
      return value === null ? undefined : objectValue(value, above);
    default:
      return undefined;
  }
}

function objectValue(value: object, above: readonly object[]): AttributeValue | undefined {
  if (above.includes(value)) return '[circular]';
  if (value instanceof Uint8Array) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof Error) return value.stack ?? String(value);
  if (above.length >= MAX_DEPTH) return Array.isArray(value) ? '[array]' : '[object]';
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((item) => logValue(item, path) ?? '');
  return recordValue(value, path);
}

function recordValue(value: object, path: readonly object[]): AttributeValue {
  const record: Attributes = {};
  for (const key of Object.keys(value)) put(record, key, logValue(read(value, key), path));
  return record;
}

function put(attributes: Attributes, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined) attributes[key] = value;
}

function read(from: object, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key];
  } catch {
    return '[threw]';
  }
}
