const OPENING = 0x5b; // [
const COMMA = Buffer.from(',');
const ENDING = Buffer.from(']}');

/** A protobuf message after another is both merged: the lists of the requests one after the other. */
export function joinProtobuf(requests: Uint8Array[]): Uint8Array {
  return Buffer.concat(requests);
}

/** Requests of one signal are `{"resource…":[…]}`: one with the elements of all. */
export function joinJson(requests: Uint8Array[]): Uint8Array {
  const [first] = requests;
  if (!first) return new Uint8Array();
  const start = first.indexOf(OPENING) + 1;
  const elements = requests.map((bytes) => bytes.subarray(start, -ENDING.length));
  const between = elements.flatMap((bytes, n) => (n === 0 ? [bytes] : [COMMA, bytes]));
  return Buffer.concat([first.subarray(0, start), ...between, ENDING]);
}
