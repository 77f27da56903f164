/** How one field is written. An array of any but the packed kinds is a repeated field. */
type FieldKind =
  | 'string'
  | 'hex'
  | 'bool'
  | 'varint'
  | 'zigzag'
  | 'fixed64'
  | 'double'
  | 'packed fixed64'
  | 'packed double'
  | 'packed varint'
  | MessageSchema
  | (() => MessageSchema);

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
  #end = 0;

  message(schema: MessageSchema, fields: Fields): void {
    for (const name in fields) {
      const field = schema[name];
      const value = fields[name];
      if (field === undefined || value === undefined) continue;
      const [number, kind] = field;
      if (Array.isArray(value) && !isPacked(kind)) {
        for (const item of value) this.#field(number, kind, item);
      } else if (!isEmpty(value)) this.#field(number, kind, value);
    }
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  #field(number: number, kind: FieldKind, value: unknown): void {
    this.#varint((number << 3) | wireType(kind));
    if (typeof kind === 'function') this.#nested(() => this.message(kind(), value as Fields));
    else if (typeof kind === 'object') this.#nested(() => this.message(kind, value as Fields));
    else if (isPacked(kind)) this.#packed(kind, value as readonly (number | bigint)[]);
    else if (kind === 'string' || kind === 'hex') this.#text(value as string, kind);
    else this.#number(kind, value as number | bigint);
  }

  #packed(kind: string, values: readonly (number | bigint)[]): void {
    const item = kind.slice('packed '.length);
    this.#nested(() => {
      for (const value of values) this.#number(item, value);
    });
  }

  #number(kind: string, value: number | bigint | boolean): void {
    if (kind === 'fixed64') this.#end = this.#room(8).writeBigInt64LE(value as bigint, this.#end);
    else if (kind === 'double') this.#end = this.#room(8).writeDoubleLE(Number(value), this.#end);
    else if (kind === 'zigzag') this.#varint(zigzag(Number(value)));
    else this.#varint(typeof value === 'bigint' ? BigInt.asUintN(64, value) : Number(value));
  }

  #text(text: string, kind: 'string' | 'hex'): void {
    const encoding = kind === 'hex' ? 'hex' : 'utf8';
    const length = Buffer.byteLength(text, encoding);
    this.#varint(length);
    this.#end += this.#room(length).write(text, this.#end, encoding);
  }

  #nested(write: () => void): void {
    const at = this.#end;
    this.#room(1);
    this.#end++;
    write();
    const length = this.#end - at - 1;
    const more = varintSize(length) - 1;
    if (more > 0) this.#room(more).copyWithin(at + 1 + more, at + 1, this.#end);
    this.#end = at;
    this.#varint(length);
    this.#end += length;
  }

  #varint(value: number | bigint): void {
    const bytes = this.#room(10);
    let rest = value;
    while (rest > 127) {
      bytes[this.#end++] = Number(typeof rest === 'bigint' ? rest & 127n : rest % 128) | 128;
      rest = typeof rest === 'bigint' ? rest >> 7n : Math.floor(rest / 128);
    }
    bytes[this.#end++] = Number(rest);
  }

  #room(needed: number): Buffer {
    if (this.#end + needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end + needed));
      this.#bytes.copy(larger, 0, 0, this.#end);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

function isPacked(kind: FieldKind): kind is 'packed fixed64' | 'packed double' | 'packed varint' {
  return typeof kind === 'string' && kind.startsWith('packed ');
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
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
