/** Something this machine lacks; the message is one sentence that says what to do. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
}
