import { Malformed } from './malformed.ts';
import { putField } from './put.field.ts';
import type { Raw, RawValue } from './raw.ts';
import type { Field, Message, Scalar } from './schema.ts';
import { WireReader, wire } from './wire.reader.ts';

// The depth at which protobuf's own parsers stop: attributes may nest without end.
const deepest = 100;

/** Decodes the protobuf bytes of a message; unknown fields are passed over, anything broken throws `Malformed` with its place. */
export function decodeProtobuf(message: Message, data: Uint8Array): Raw {
  return readInto({}, message, new WireReader(data), 0);
}

function readInto(raw: Raw, message: Message, reader: WireReader, depth: number): Raw {
  if (depth > deepest) throw new Malformed(`messages nested deeper than ${deepest}`);
  while (!reader.done) {
    const { field: number, type } = reader.tag();
    const entry = message.byNumber.get(number);
    if (entry === undefined) reader.skip(number, type);
    else placed(`${message.name}.${entry[0]}`, () => readField(raw, message, entry, type));
  }
  return raw;

  function readField(
    raw: Raw,
    message: Message,
    [name, field]: readonly [string, Field],
    type: number,
  ) {
    if (field.repeated) readRepeated(raw, name, field, type);
    else if (typeof field.type === 'function') {
      const before = raw[name] as Raw | undefined;
      putField(raw, message, name, field, readNested(before ?? {}, field.type(), type));
    } else putField(raw, message, name, field, readScalar(reader, field.type, type));
  }

  function readRepeated(raw: Raw, name: string, field: Field, type: number): void {
    raw[name] ??= [];
    const list = raw[name] as RawValue[];
    if (typeof field.type === 'function') list.push(readNested({}, field.type(), type));
    else if (type === wire.bytes && wireType(field.type) !== wire.bytes) {
      const packed = new WireReader(reader.bytes());
      while (!packed.done) list.push(readScalar(packed, field.type, wireType(field.type)));
    } else list.push(readScalar(reader, field.type, type));
  }

  function readNested(into: Raw, message: Message, type: number): Raw {
    expectWireType(wire.bytes, type);
    return readInto(into, message, new WireReader(reader.bytes()), depth + 1);
  }
}

/** Says where in the message the trouble was: the innermost field is enough. */
function placed(place: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Malformed) || error.place !== '') throw error;
    throw new Malformed(error.message, place);
  }
}

function wireType(type: Scalar | 'enum'): number {
  switch (type) {
    case 'string':
    case 'bytes':
    case 'traceId':
    case 'spanId':
      return wire.bytes;
    case 'fixed64':
    case 'sfixed64':
    case 'double':
      return wire.fixed64;
    case 'fixed32':
      return wire.fixed32;
    default:
      return wire.varint;
  }
}

function expectWireType(expected: number, type: number): void {
  if (expected !== type) throw new Malformed(`wire type ${type}, expected ${expected}`);
}

function readScalar(reader: WireReader, type: Scalar | 'enum', got: number): RawValue {
  expectWireType(wireType(type), got);
  switch (type) {
    case 'string':
      return reader.string();
    case 'bytes':
      return reader.bytes();
    case 'traceId':
      return id(reader.bytes(), 16);
    case 'spanId':
      return id(reader.bytes(), 8);
    case 'bool':
      return reader.uint64() !== 0n;
    case 'int64':
      return BigInt.asIntN(64, reader.uint64());
    case 'uint64':
      return reader.uint64();
    case 'fixed64':
      return reader.fixed64();
    case 'sfixed64':
      return BigInt.asIntN(64, reader.fixed64());
    case 'fixed32':
      return reader.fixed32();
    case 'double':
      return reader.double();
    case 'uint32':
      return Number(BigInt.asUintN(32, reader.uint64()));
    case 'sint32':
      return zigzag(Number(BigInt.asUintN(32, reader.uint64())));
    case 'enum':
      return Number(BigInt.asIntN(32, reader.uint64()));
  }
}

function zigzag(bits: number): number {
  return (bits >>> 1) ^ -(bits & 1);
}

function id(bytes: Uint8Array, length: number): string {
  if (bytes.length !== 0 && bytes.length !== length) {
    throw new Malformed(`an id of ${bytes.length} bytes, expected ${length}`);
  }
  return Buffer.from(bytes).toString('hex');
}
