import { setTimeout } from 'node:timers';
import Transport from 'winston-transport';

const MESSAGE = Symbol.for('message');

/** Takes one line at a time and a while for each, so that winston's pipeline holds the others back. */
export class SlowTransport extends Transport {
  readonly lines: string[] = [];
  readonly #expected: number;
  readonly #later: (work: () => void) => unknown;
  readonly #all = Promise.withResolvers<string[]>();

  constructor(expected: number, later: (work: () => void) => unknown = aMillisecondLater) {
    super();
    this.#expected = expected;
    this.#later = later;
  }

  /** Resolves when every expected line was written. */
  get all(): Promise<string[]> {
    return this.#all.promise;
  }

  override log(info: { [MESSAGE]: string }, next: () => void): void {
    this.#later(() => {
      this.lines.push(info[MESSAGE]);
      if (this.lines.length === this.#expected) this.#all.resolve(this.lines);
      next();
    });
  }
}

function aMillisecondLater(work: () => void): void {
  setTimeout(work, 1);
}
