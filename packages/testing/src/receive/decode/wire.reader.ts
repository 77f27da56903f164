import { Malformed } from './malformed.ts';

/** The wire types of protobuf. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 };

// A byte order mark is part of the text; invalid UTF-8 is the sender's fault and is said.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// The depth at which protobuf's own parsers stop.
const deepestGroup = 100;

/** Reads protobuf's wire format from a slice of memory; throws `Malformed` instead of reading beyond its end. */
export class WireReader {
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(data: Uint8Array) {
    this.data = data;
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  get done(): boolean {
    return this.at >= this.data.length;
  }

  /** The next field's number and wire type. */
  tag(): { field: number; type: number } {
    const tag = this.uint64();
    const field = Number(tag >> 3n);
    if (field === 0 || field > 0x1fffffff) throw new Malformed(`field number ${field}`);
    return { field, type: Number(tag & 7n) };
  }

  /** A varint of up to ten bytes, as 64 unsigned bits. */
  uint64(): bigint {
    let low = 0;
    for (let index = 0; index < 4; index += 1) {
      const byte = this.byte();
      low += (byte & 127) * 2 ** (7 * index);
      if (byte < 128) return BigInt(low);
    }
    return this.longVarint(BigInt(low));
  }

  fixed64(): bigint {
    return this.view.getBigUint64(this.take(8), true);
  }

  fixed32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  double(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  /** A length-delimited slice; it shares the memory of its message. */
  bytes(): Uint8Array {
    const length = this.uint64();
    if (length > BigInt(this.data.length - this.at)) {
      throw new Malformed(
        `truncated: ${length} bytes announced, ${this.data.length - this.at} left`,
      );
    }
    const start = this.take(Number(length));
    return this.data.subarray(start, this.at);
  }

  string(): string {
    try {
      return utf8.decode(this.bytes());
    } catch (error) {
      if (error instanceof Malformed) throw error;
      throw new Malformed('a string that is not UTF-8');
    }
  }

  /** Passes over the value of a field nobody asked for. */
  skip(field: number, type: number, depth = 0): void {
    if (type === wire.varint) this.uint64();
    else if (type === wire.fixed64) this.take(8);
    else if (type === wire.bytes) this.bytes();
    else if (type === wire.fixed32) this.take(4);
    else if (type === wire.groupStart) this.skipGroup(field, depth + 1);
    else throw new Malformed(`field ${field} has wire type ${type}`);
  }

  private skipGroup(group: number, depth: number): void {
    if (depth > deepestGroup) throw new Malformed(`groups nested deeper than ${deepestGroup}`);
    for (;;) {
      const { field, type } = this.tag();
      if (type !== wire.groupEnd) this.skip(field, type, depth);
      else if (field === group) return;
      else throw new Malformed(`group ${group} ends as group ${field}`);
    }
  }

  private longVarint(low: bigint): bigint {
    let value = low;
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new Malformed('a varint of more than ten bytes');
  }

  private byte(): number {
    const byte = this.data[this.at];
    if (byte === undefined) throw new Malformed('truncated: the message ends inside a number');
    this.at += 1;
    return byte;
  }

  /** Moves `length` bytes on and returns where they began. */
  private take(length: number): number {
    const start = this.at;
    if (start + length > this.data.length) {
      throw new Malformed(`truncated: ${length} bytes wanted, ${this.data.length - start} left`);
    }
    this.at = start + length;
    return start;
  }
}
