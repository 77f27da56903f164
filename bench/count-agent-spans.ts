/**
 * The number of spans in a request to `/v0.4/traces` of a Datadog agent: MessagePack, an array of
 * traces, each an array of spans. The spans themselves are not looked at: they are hopped over.
 */
export function countAgentSpans(request: Uint8Array): number {
  const view = new DataView(request.buffer, request.byteOffset, request.byteLength);
  const traces = arrayAt(view, 0);
  let { next } = traces;
  let count = 0;
  for (let trace = 0; trace < traces.length; trace += 1) {
    const spans = arrayAt(view, next);
    count += spans.length;
    next = after(view, spans.next, spans.length);
  }
  return count;
}

function arrayAt(view: DataView, at: number): { length: number; next: number } {
  const head = view.getUint8(at);
  if (head >= 0x90 && head <= 0x9f) return { length: head & 15, next: at + 1 };
  if (head === 0xdc) return { length: view.getUint16(at + 1), next: at + 3 };
  if (head === 0xdd) return { length: view.getUint32(at + 1), next: at + 5 };
  throw new Error(`byte ${at}: expected an array, got 0x${head.toString(16)}`);
}

/** Where so many values end. Nested ones only raise the number that is still to come. */
function after(view: DataView, start: number, values: number): number {
  let at = start;
  for (let open = values; open > 0; open -= 1) {
    const { size, inside } = valueAt(view, at);
    at += size;
    open += inside;
  }
  return at;
}

/** The bytes of a value without those inside of it, and how many values are inside. */
function valueAt(view: DataView, at: number): { size: number; inside: number } {
  const head = view.getUint8(at);
  if (head <= 0x7f || head >= 0xe0) return { size: 1, inside: 0 };
  if (head <= 0x8f) return { size: 1, inside: 2 * (head & 15) };
  if (head <= 0x9f) return { size: 1, inside: head & 15 };
  if (head <= 0xbf) return { size: 1 + (head & 31), inside: 0 };
  const form = forms[head - 0xc0];
  if (!form) throw new Error(`byte ${at}: 0x${head.toString(16)} begins no value`);
  const { fixed = 0, width = 0, holds = 'bytes' } = form;
  const length = lengthAt(view, at + 1, width);
  const bytes = holds === 'bytes' ? length : 0;
  const inside = { bytes: 0, values: length, pairs: 2 * length }[holds];
  return { size: 1 + width + fixed + bytes, inside };
}

function lengthAt(view: DataView, at: number, width: number): number {
  if (width === 0) return 0;
  if (width === 1) return view.getUint8(at);
  return width === 2 ? view.getUint16(at) : view.getUint32(at);
}

interface Form {
  /** Bytes after the first one (and after the length, if there is one). */
  readonly fixed?: number;
  /** Bytes of the length. */
  readonly width?: 1 | 2 | 4;
  /** What the length counts. Default: bytes. */
  readonly holds?: 'bytes' | 'values' | 'pairs';
}

/** 0xc0 to 0xdf in the order of the MessagePack specification; 0xc1 is never used. */
const forms: readonly (Form | undefined)[] = [
  {},
  undefined,
  {},
  {},
  ...[1, 2, 4].map((width) => ({ width }) as Form), // bin
  ...[1, 2, 4].map((width) => ({ width, fixed: 1 }) as Form), // ext
  ...[4, 8].map((fixed) => ({ fixed })), // float
  ...[1, 2, 4, 8].map((fixed) => ({ fixed })), // uint
  ...[1, 2, 4, 8].map((fixed) => ({ fixed })), // int
  ...[2, 3, 5, 9, 17].map((fixed) => ({ fixed })), // fixext, with its type
  ...[1, 2, 4].map((width) => ({ width }) as Form), // str
  ...[2, 4].map((width) => ({ width, holds: 'values' }) as Form),
  ...[2, 4].map((width) => ({ width, holds: 'pairs' }) as Form),
];
