/** How one field is written. An array of any but the packed kinds is a repeated field. */
type FieldKind = 'string' | 'hex' | NumberKind | PackedKind | MessageSchema | (() => MessageSchema);

type NumberKind = 'bool' | 'varint' | 'zigzag' | 'fixed64' | 'double';

type PackedKind = 'packed fixed64' | 'packed double' | 'packed varint';

const ITEMS = {
  'packed fixed64': 'fixed64',
  'packed double': 'double',
  'packed varint': 'varint',
} as const;

/** Field numbers and kinds of a message, by field name. */
export interface MessageSchema {
  readonly [field: string]: readonly [number: number, kind: FieldKind];
}

const VARINT = 0;
const I64 = 1;
const LENGTH = 2;

/** A message as protobuf; fields that are undefined, and those the schema does not know, are left out. */
export function writeProtobuf(schema: MessageSchema, message: object): Uint8Array {
  const writer = new Writer();
  writer.message(schema, message as Fields);
  return writer.done();
}

type Fields = { readonly [field: string]: unknown };

/** Bytes that grow. Sub-messages are written in place: one byte is kept for their length, and they move if it takes more. */
class Writer {
  #bytes = Buffer.allocUnsafe(16_384);
  #view = viewOf(this.#bytes);
  #end = 0;

  message(schema: MessageSchema, fields: Fields): void {
    for (const name in fields) {
      const field = schema[name];
      const value = fields[name];
      if (field === undefined || value === undefined) continue;
      const [number, kind] = field;
      if (isPacked(kind)) this.#packed(number, kind, value as readonly (number | bigint)[]);
      else if (!Array.isArray(value)) this.#field(number, kind, value);
      else for (const item of value) this.#field(number, kind, item);
    }
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  #field(number: number, kind: Exclude<FieldKind, PackedKind>, value: unknown): void {
    this.#varint((number << 3) | wireType(kind));
    if (typeof kind === 'object') this.#nested(kind, value as Fields);
    else if (typeof kind === 'function') this.#nested(kind(), value as Fields);
    else if (kind === 'string' || kind === 'hex') this.#text(value as string, kind);
    else this.#number(kind, value as number | bigint);
  }

  #packed(number: number, kind: PackedKind, values: readonly (number | bigint)[]): void {
    if (values.length === 0) return;
    const item = ITEMS[kind];
    this.#varint((number << 3) | LENGTH);
    const at = this.#begin();
    for (let i = 0; i < values.length; i++) this.#number(item, values[i] as number | bigint);
    this.#finish(at);
  }

  #number(kind: NumberKind, value: number | bigint | boolean): void {
    if (kind === 'fixed64') this.#fixed64(value as number | bigint);
    else if (kind === 'double') {
      this.#room(8);
      this.#view.setFloat64(this.#end, Number(value), true);
      this.#end += 8;
    } else if (kind === 'zigzag') this.#varint(zigzag(Number(value)));
    else this.#varint(unsigned(value));
  }

  #fixed64(value: number | bigint): void {
    this.#room(8);
    if (typeof value === 'number' && value >= 0) {
      this.#view.setUint32(this.#end, value >>> 0, true);
      this.#view.setUint32(this.#end + 4, Math.floor(value / 2 ** 32), true);
    } else this.#view.setBigInt64(this.#end, BigInt.asIntN(64, BigInt(value)), true);
    this.#end += 8;
  }

  #text(text: string, kind: 'string' | 'hex'): void {
    if (kind === 'string' && text.length < SHORT && this.#shortText(text)) return;
    const encoding = kind === 'hex' ? 'hex' : 'utf8';
    const length = Buffer.byteLength(text, encoding);
    this.#varint(length);
    this.#room(length);
    this.#end += this.#bytes.write(text, this.#end, encoding);
  }

  /** Most names and values are short and plain: a call into Node for each took half of the time. */
  #shortText(text: string): boolean {
    this.#room(SHORT + 1);
    const bytes = this.#bytes;
    const start = this.#end + 1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return false;
      bytes[start + i] = code;
    }
    bytes[this.#end] = text.length;
    this.#end = start + text.length;
    return true;
  }

  #nested(schema: MessageSchema, fields: Fields): void {
    const at = this.#begin();
    this.message(schema, fields);
    this.#finish(at);
  }

  #begin(): number {
    this.#room(1);
    return this.#end++;
  }

  #finish(at: number): void {
    const length = this.#end - at - 1;
    const more = varintSize(length) - 1;
    if (more > 0) {
      this.#room(more);
      this.#bytes.copyWithin(at + 1 + more, at + 1, this.#end);
    }
    this.#end = at;
    this.#varint(length);
    this.#end += length;
  }

  #varint(value: number | bigint): void {
    this.#room(10);
    const bytes = this.#bytes;
    let rest = value;
    while (rest > 127) {
      bytes[this.#end++] = Number(typeof rest === 'bigint' ? rest & 127n : rest % 128) | 128;
      rest = typeof rest === 'bigint' ? rest >> 7n : Math.floor(rest / 128);
    }
    bytes[this.#end++] = Number(rest);
  }

  #room(needed: number): void {
    if (this.#end + needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end + needed));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

/** Texts shorter than this have a length of one byte. */
const SHORT = 128;

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** A negative integer takes all 64 bits. */
function unsigned(value: number | bigint | boolean): number | bigint {
  const number = Number(value);
  return number < 0 ? BigInt.asUintN(64, BigInt(value)) : number;
}

function isPacked(kind: FieldKind): kind is PackedKind {
  return kind === 'packed fixed64' || kind === 'packed double' || kind === 'packed varint';
}

function wireType(kind: FieldKind): number {
  if (kind === 'fixed64' || kind === 'double') return I64;
  return kind === 'varint' || kind === 'zigzag' || kind === 'bool' ? VARINT : LENGTH;
}

function zigzag(value: number): number {
  return value < 0 ? -value * 2 - 1 : value * 2;
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) size++;
  return size;
}
