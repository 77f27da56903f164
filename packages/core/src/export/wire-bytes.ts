const USUAL = 65_536;
const LARGEST_KEPT = 1_048_576;

/** Longer texts are written by Node: that costs a call into C++, and less than a loop from there on. */
const SHORT = 64;

/** Values of hexadecimal digits by character code. */
const DIGITS = Uint8Array.from(
  { length: 256 },
  (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0,
);

/** 1e9 is 2 ** 9 times this: seconds of four centuries times this are exact in a double. */
const BILLION_ODD = 1_953_125;
const LAST_EXACT_SECOND = 4_000_000_000;

/** Protobuf's wire format into bytes that grow and are used again. Whoever writes knows the tags. */
export class WireBytes {
  #bytes = Buffer.allocUnsafe(USUAL);
  #end = 0;

  /** A copy of what was written; the next message starts anew. */
  take(): Uint8Array {
    const taken = this.copyFrom(0);
    this.clear();
    return taken;
  }

  /** Forgets what was written, and does not hold the memory of an unusual message. */
  clear(): void {
    this.#end = 0;
    if (this.#bytes.length > LARGEST_KEPT) this.#bytes = Buffer.allocUnsafe(USUAL);
  }

  get position(): number {
    return this.#end;
  }

  copyFrom(start: number): Uint8Array {
    return Uint8Array.prototype.slice.call(this.#bytes, start, this.#end);
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#end++] = value;
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  varint(value: number): void {
    this.#room(10);
    if (value >= 0 && value < 2 ** 31) this.#end = putVarint(this.#bytes, this.#end, value);
    else this.#longVarint(value);
  }

  double(value: number): void {
    this.#room(8);
    this.#end = this.#bytes.writeDoubleLE(value, this.#end);
  }

  /** Seconds and nanoseconds as nanoseconds in 64 bits. */
  time(seconds: number, nanoseconds: number): void {
    this.#room(8);
    if (!(seconds >= 0 && seconds < LAST_EXACT_SECOND)) {
      const all = BigInt(seconds) * 1_000_000_000n + BigInt(Math.trunc(nanoseconds));
      this.#end = this.#bytes.writeBigInt64LE(BigInt.asIntN(64, all), this.#end);
      return;
    }
    const exact = seconds * BILLION_ODD;
    const high = Math.floor(exact / 2 ** 23);
    const low = (exact - high * 2 ** 23) * 512 + nanoseconds;
    this.fixed32(low);
    this.fixed32(high + Math.floor(low / 2 ** 32));
  }

  fixed32(value: number): void {
    this.#room(4);
    const bytes = this.#bytes;
    bytes[this.#end++] = value;
    bytes[this.#end++] = value >>> 8;
    bytes[this.#end++] = value >>> 16;
    bytes[this.#end++] = value >>> 24;
  }

  /** Text with its length. */
  text(value: string): void {
    this.#room(1 + SHORT);
    if (value.length <= SHORT && putAscii(this.#bytes, this.#end + 1, value)) {
      this.#bytes[this.#end] = value.length;
      this.#end += 1 + value.length;
    } else {
      const length = Buffer.byteLength(value);
      this.varint(length);
      this.#room(length);
      this.#end += this.#bytes.write(value, this.#end);
    }
  }

  /** An id of hexadecimal digits as bytes, with their length. */
  hex(digits: string): void {
    const length = digits.length >> 1;
    this.varint(length);
    this.#room(length);
    for (let at = 0; at < 2 * length; at += 2) {
      const high = DIGITS[digits.charCodeAt(at) & 255] as number;
      this.#bytes[this.#end++] = (high << 4) | (DIGITS[digits.charCodeAt(at + 1) & 255] as number);
    }
  }

  /** Opens a message whose length takes so many bytes, as is guessed. Returns what closes it. */
  open(lengthBytes: number): number {
    this.#room(lengthBytes);
    this.#end += lengthBytes;
    return this.#end;
  }

  close(start: number, lengthBytes: number): void {
    const length = this.#end - start;
    const needed = lengthOfVarint(length);
    if (needed > lengthBytes) this.#room(needed - lengthBytes);
    if (needed !== lengthBytes)
      this.#bytes.copyWithin(start + needed - lengthBytes, start, this.#end);
    this.#end = start - lengthBytes;
    this.varint(length);
    this.#end += length;
  }

  #longVarint(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#bytes[this.#end++] = Number(rest & 127n) | 128;
    this.#bytes[this.#end++] = Number(rest);
  }

  #room(needed: number): void {
    if (this.#end + needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end + needed));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

function putVarint(bytes: Buffer, at: number, value: number): number {
  let end = at;
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes[end++] = (rest & 127) | 128;
  bytes[end++] = rest;
  return end;
}

/** Whether the text is ASCII, and now written. */
function putAscii(bytes: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 127) return false;
    bytes[at + index] = code;
  }
  return true;
}

function lengthOfVarint(value: number): number {
  if (value < 2 ** 7) return 1;
  if (value < 2 ** 14) return 2;
  if (value < 2 ** 21) return 3;
  return value < 2 ** 28 ? 4 : 5;
}
