/** The bytes or the JSON are not OTLP; the message says where and why. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  /** The field it was found in, for example `Span.traceId`; empty outside any field. */
  readonly place: string;

  constructor(reason: string, place = '') {
    super(place ? `${place}: ${reason}` : reason);
    this.place = place;
  }
}
