import type { Attributes, Origin, Resource, Scope, Value } from '../../telemetry.ts';
import type { Raw } from './raw.ts';

/** The nested messages of a repeated field, none when it was not sent. */
export function list(raw: Raw, field: string): Raw[] {
  return (raw[field] as Raw[] | undefined) ?? [];
}

/** A nested message, an empty one when it was not sent. */
export function nested(raw: Raw, field: string): Raw {
  return (raw[field] as Raw | undefined) ?? {};
}

/** A string or hex id, empty when it was not sent. */
export function text(raw: Raw, field: string): string {
  return (raw[field] as string | undefined) ?? '';
}

/** A number, 0 when it was not sent; a 64-bit count loses precision beyond 2^53. */
export function number(raw: Raw, field: string): number {
  return Number(raw[field] ?? 0);
}

/** Nanoseconds since 1970, 0 when it was not sent. */
export function nanos(raw: Raw, field: string): bigint {
  return (raw[field] as bigint | undefined) ?? 0n;
}

/** An OTLP id of zeros means the same as none. */
export function id(raw: Raw, field: string): string {
  const hex = text(raw, field);
  return /^0*$/.test(hex) ? '' : hex;
}

/** The attributes in a field as a record; of two with one key the later wins. */
export function attributes(raw: Raw, field = 'attributes'): Attributes {
  // fromEntries defines, it does not assign: a key called __proto__ stays a key.
  return Object.fromEntries(
    list(raw, field).map((pair) => [text(pair, 'key'), value(nested(pair, 'value'))]),
  );
}

/** An AnyValue as a plain value; null when nothing is set in it. */
export function value(any: Raw): Value {
  if (any['arrayValue'] !== undefined) return list(nested(any, 'arrayValue'), 'values').map(value);
  if (any['kvlistValue'] !== undefined) return attributes(nested(any, 'kvlistValue'), 'values');
  const int = any['intValue'] as bigint | undefined;
  if (int !== undefined) return exact(int);
  const plain = any['stringValue'] ?? any['boolValue'] ?? any['doubleValue'] ?? any['bytesValue'];
  return (plain as Value | undefined) ?? null;
}

function exact(int: bigint): number | bigint {
  const small = Number(int);
  return Number.isSafeInteger(small) ? small : int;
}

/** Visits the records of a request, each with where it came from. */
export function* records(request: Raw, signal: 'Spans' | 'Logs' | 'Metrics', field: string) {
  for (const group of list(request, `resource${signal}`)) {
    const resource = resourceOf(group);
    for (const scoped of list(group, `scope${signal}`)) {
      const origin: Origin = { ...resource, scope: scopeOf(scoped) };
      for (const record of list(scoped, field)) yield { record, origin };
    }
  }
}

function resourceOf(group: Raw): { service: string; resource: Resource } {
  const found = attributes(nested(group, 'resource'));
  const service = found['service.name'];
  return {
    service: typeof service === 'string' ? service : '',
    resource: { attributes: found, schemaUrl: text(group, 'schemaUrl') },
  };
}

function scopeOf(scoped: Raw): Scope {
  const scope = nested(scoped, 'scope');
  return {
    name: text(scope, 'name'),
    version: text(scope, 'version'),
    attributes: attributes(scope),
    schemaUrl: text(scoped, 'schemaUrl'),
  };
}
