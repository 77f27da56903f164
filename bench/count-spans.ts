/**
 * The number of spans in an OTLP trace request (protobuf): resource_spans = 1, in it
 * scope_spans = 2, in it spans = 2. Lengths are hopped over, no span is read.
 */
export function countSpans(request: Uint8Array): number {
  return countAt([1, 2, 2], request, 0, request.length);
}

function countAt(path: number[], bytes: Uint8Array, start: number, end: number): number {
  const [field, ...rest] = path;
  if (field === undefined) return 1;
  let count = 0;
  let at = start;
  while (at < end) {
    const tag = varint(bytes, at);
    const length = varint(bytes, tag.next);
    if ((tag.value & 7) !== 2) throw new Error(`field ${tag.value >> 3} is not a message or text`);
    at = length.next + length.value;
    if (tag.value >> 3 === field) count += countAt(rest, bytes, length.next, at);
  }
  return count;
}

function varint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  let next = start;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[next] ?? 0;
    next += 1;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, next };
  }
}
