/** Why the demo cannot go on; the message is one sentence that says what to do. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
