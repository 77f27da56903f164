/** The bytes or the JSON are not OTLP; the message says where and why. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}
