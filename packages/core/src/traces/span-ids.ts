import { randomFillSync } from 'node:crypto';
import type { SpanContext } from '@opentelemetry/api';

/** W3C Trace Context level 2, trace-flags: the last 7 bytes of the trace id are random. */
const RANDOM_FLAG = 0x02;

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
const POOL_BYTES = 1024 * (TRACE_BYTES + SPAN_BYTES);

// Random bytes for many ids at once, and their hex: an id is then a slice of it. Ids put together from
// tables of digits cost 3 us a span in an Express server (cache misses), these 0.1. Asking for random bytes costs 30 us
// there, however few they are.
const bytes = Buffer.alloc(POOL_BYTES);
let hex = '';
let next = POOL_BYTES;

/** The ids of a span to be: bytes until somebody reads them, which for most unsampled spans is never. */
export class SpanIds {
  /** RANDOM_FLAG, or 0: a new trace's id is random, a caller's is what the caller says. */
  readonly randomFlag: number;
  readonly #inherited: string | undefined;
  readonly #hex: string;
  readonly #offset: number;
  readonly #high: number;
  readonly #low: number;

  constructor(parent: SpanContext | undefined) {
    if (next === POOL_BYTES) refill();
    this.#inherited = parent?.traceId;
    this.randomFlag = parent ? parent.traceFlags & RANDOM_FLAG : RANDOM_FLAG;
    this.#hex = hex;
    this.#offset = next;
    this.#high = bytes.readUInt32BE(next + 8);
    this.#low = bytes.readUInt32BE(next + 12);
    next += TRACE_BYTES + SPAN_BYTES;
  }

  /** 32 hex digits: the parent's, or new ones. */
  get traceId(): string {
    return this.#inherited ?? this.#digits(0, TRACE_BYTES);
  }

  /** 16 hex digits. */
  get spanId(): string {
    return this.#digits(TRACE_BYTES, SPAN_BYTES);
  }

  /** The two 32-bit halves of the last 8 bytes of the trace id, for a sampler. */
  get samplingHigh(): number {
    return this.#inherited ? Number.parseInt(this.#inherited.slice(16, 24), 16) : this.#high;
  }

  get samplingLow(): number {
    return this.#inherited ? Number.parseInt(this.#inherited.slice(24), 16) : this.#low;
  }

  #digits(from: number, length: number): string {
    const start = 2 * (this.#offset + from);
    return this.#hex.slice(start, start + 2 * length);
  }
}

function refill(): void {
  randomFillSync(bytes);
  hex = bytes.toString('hex');
  next = 0;
}
