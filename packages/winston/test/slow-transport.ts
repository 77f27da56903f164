import { setTimeout } from 'node:timers';
import Transport from 'winston-transport';

const MESSAGE = Symbol.for('message');

/** Takes one line at a time and a turn of the event loop for each, so that winston's pipeline holds the others back. */
export class SlowTransport extends Transport {
  readonly lines: string[] = [];
  readonly #expected: number;
  readonly #all = Promise.withResolvers<string[]>();

  constructor(expected: number) {
    super();
    this.#expected = expected;
  }

  /** Resolves when every expected line was written. */
  get all(): Promise<string[]> {
    return this.#all.promise;
  }

  override log(info: { [MESSAGE]: string }, next: () => void): void {
    setTimeout(() => {
      this.lines.push(info[MESSAGE]);
      if (this.lines.length === this.#expected) this.#all.resolve(this.lines);
      next();
    }, 1);
  }
}
