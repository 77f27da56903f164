import { Malformed } from './malformed.ts';
import { putField } from './put.field.ts';
import type { Raw, RawValue } from './raw.ts';
import type { Field, Message, Scalar } from './schema.ts';

const deepest = 100;

/** Reads a message of OTLP/JSON that was parsed already; unknown fields are passed over, anything broken throws `Malformed` with its place. */
export function decodeJson(message: Message, json: unknown): Raw {
  return readMessage(message, json, message.name, 0);
}

/** Parses OTLP/JSON text; 64-bit integers written as bare numbers keep every digit. */
export function parseJson(text: string): unknown {
  try {
    return longNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch (error) {
    throw new Malformed(`not JSON: ${(error as Error).message}`);
  }
}

const longNumber = /[:[,]\s*-?\d{16}/;

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source ?? '';
  const lost = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
  return lost ? source : value;
}

function readMessage(message: Message, json: unknown, place: string, depth: number): Raw {
  if (depth > deepest) throw new Malformed(`messages nested deeper than ${deepest}`);
  if (!isObject(json)) throw new Malformed(`expected an object, got ${shown(json)}`, place);
  const raw: Raw = {};
  for (const [name, value] of Object.entries(json)) {
    const field = Object.hasOwn(message.fields, name) ? message.fields[name] : undefined;
    if (field === undefined || value === null) continue;
    putField(raw, message, name, field, readValue(field, value, `${place}.${name}`, depth));
  }
  return raw;
}

function readValue(field: Field, json: unknown, place: string, depth: number): RawValue {
  if (!field.repeated) return readOne(field, json, place, depth);
  if (!Array.isArray(json)) throw new Malformed(`expected an array, got ${shown(json)}`, place);
  return json.map((value, index) => readOne(field, value, `${place}[${index}]`, depth));
}

function readOne(field: Field, json: unknown, place: string, depth: number): RawValue {
  if (typeof field.type === 'function') return readMessage(field.type(), json, place, depth + 1);
  const value =
    field.type === 'enum' ? enumValue(json, field.names ?? []) : scalar(field.type, json);
  if (value === undefined) {
    throw new Malformed(`expected ${wanted(field.type)}, got ${shown(json)}`, place);
  }
  return value;
}

function scalar(type: Scalar, json: unknown): RawValue | undefined {
  switch (type) {
    case 'string':
      return typeof json === 'string' ? json : undefined;
    case 'bool':
      return typeof json === 'boolean' ? json : undefined;
    case 'bytes':
      return base64(json);
    case 'traceId':
      return hex(json, 32);
    case 'spanId':
      return hex(json, 16);
    case 'double':
      return double(json);
    case 'uint32':
    case 'fixed32':
      return small(integer(json, 0n, 2n ** 32n));
    case 'sint32':
      return small(integer(json, -(2n ** 31n), 2n ** 31n));
    case 'int64':
    case 'sfixed64':
      return integer(json, -(2n ** 63n), 2n ** 63n);
    case 'uint64':
    case 'fixed64':
      return integer(json, 0n, 2n ** 64n);
  }
}

function integer(json: unknown, from: bigint, below: bigint): bigint | undefined {
  const whole =
    typeof json === 'number'
      ? Number.isInteger(json)
      : typeof json === 'string' && /^-?\d+$/.test(json);
  if (!whole) return undefined;
  const value = BigInt(json as string | number);
  return value >= from && value < below ? value : undefined;
}

function small(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function double(json: unknown): number | undefined {
  if (typeof json === 'number') return json;
  if (typeof json !== 'string' || json.trim() === '') return undefined;
  const value = Number(json);
  return Number.isNaN(value) && json !== 'NaN' ? undefined : value;
}

// OTLP 1.10, JSON encoding: ids are hex in either case, not base64 as protobuf's own mapping has it.
function hex(json: unknown, digits: number): string | undefined {
  if (json === '') return '';
  const good = typeof json === 'string' && json.length === digits && /^[0-9a-f]*$/i.test(json);
  return good ? json.toLowerCase() : undefined;
}

function base64(json: unknown): Uint8Array | undefined {
  const good = typeof json === 'string' && /^[\w+/-]*={0,2}$/.test(json);
  return good ? new Uint8Array(Buffer.from(json, 'base64')) : undefined;
}

function enumValue(json: unknown, names: readonly string[]): number | undefined {
  const named = typeof json === 'string' ? names.indexOf(json) : -1;
  return named >= 0 ? named : small(integer(json, -(2n ** 31n), 2n ** 31n));
}

function wanted(type: Scalar | 'enum'): string {
  if (type === 'traceId') return '32 hex digits';
  if (type === 'spanId') return '16 hex digits';
  if (type === 'bytes') return 'base64';
  return type === 'enum' ? 'the name or number of an enum value' : `a ${type}`;
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function shown(json: unknown): string {
  const text = JSON.stringify(json) ?? String(json);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
