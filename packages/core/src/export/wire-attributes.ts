import type { WireBytes } from './wire-bytes.ts';

/** A key as it is written, and the last value with all of it as it was written. */
interface Known {
  readonly key: Uint8Array;
  value: unknown;
  pair: Uint8Array | undefined;
}

/** Keys are few; an application that makes them up is not to fill the memory. */
const MAX_KEYS = 1000;

/** A longer value is not kept for the next time. */
const MAX_KEPT = 200;

const known = new Map<string, Known>();

/** Attributes as repeated KeyValue messages. Most of the values a service writes are those it wrote the last time: these are copied. */
export function writeAttributes(out: WireBytes, tag: number, attributes: object): void {
  for (const key in attributes) {
    if (!Object.hasOwn(attributes, key)) continue;
    out.byte(tag);
    writePair(out, key, (attributes as Record<string, unknown>)[key]);
  }
}

function writePair(out: WireBytes, key: string, value: unknown): void {
  const kept = known.get(key);
  if (kept === undefined) writeNew(out, key, value);
  else if (kept.value === value && kept.pair !== undefined) out.raw(kept.pair);
  else writeAndKeep(out, kept, value);
}

function writeAndKeep(out: WireBytes, kept: Known, value: unknown): void {
  const from = out.position;
  const start = out.open(1);
  out.raw(kept.key);
  writeValueField(out, value);
  out.close(start, 1);
  if (isWorthKeeping(value)) {
    kept.pair = kept.value === value ? out.copyFrom(from) : undefined;
    kept.value = value;
  }
}

function isWorthKeeping(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= MAX_KEPT : typeof value !== 'object';
}

function writeNew(out: WireBytes, key: string, value: unknown): void {
  const start = out.open(1);
  out.byte(0x0a);
  out.text(key);
  if (known.size < MAX_KEYS && key.length <= MAX_KEPT) {
    known.set(key, { key: out.copyFrom(start), value: undefined, pair: undefined });
  }
  writeValueField(out, value);
  out.close(start, 1);
}

function writeValueField(out: WireBytes, value: unknown): void {
  out.byte(0x12);
  const start = out.open(1);
  writeValue(out, value);
  out.close(start, 1);
}

/** AnyValue; nothing for what it has no kind for. */
function writeValue(out: WireBytes, value: unknown): void {
  if (typeof value === 'string') {
    out.byte(0x0a);
    out.text(value);
  } else if (typeof value === 'boolean') {
    out.byte(0x10);
    out.byte(value ? 1 : 0);
  } else if (typeof value === 'number') writeNumber(out, value);
  else if (typeof value === 'object' && value !== null) writeComposite(out, value);
}

function writeNumber(out: WireBytes, value: number): void {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) {
    out.byte(0x18);
    out.varint(value);
  } else {
    out.byte(0x21);
    out.double(value);
  }
}

function writeComposite(out: WireBytes, value: object): void {
  if (value instanceof Uint8Array) {
    out.byte(0x3a);
    out.varint(value.length);
    out.raw(value);
  } else {
    out.byte(Array.isArray(value) ? 0x2a : 0x32);
    const start = out.open(1);
    if (Array.isArray(value)) for (const item of value) writeItem(out, item);
    else for (const key of Object.keys(value)) writeEntry(out, key, Reflect.get(value, key));
    out.close(start, 1);
  }
}

function writeItem(out: WireBytes, item: unknown): void {
  out.byte(0x0a);
  const start = out.open(1);
  writeValue(out, item);
  out.close(start, 1);
}

function writeEntry(out: WireBytes, key: string, value: unknown): void {
  out.byte(0x0a);
  const start = out.open(1);
  out.byte(0x0a);
  out.text(key);
  writeValueField(out, value);
  out.close(start, 1);
}
