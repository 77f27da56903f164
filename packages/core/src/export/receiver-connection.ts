import type { Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';
import type { Answer } from './post.ts';

/** A receiver that closes idle connections may do so a little before the time it said. */
const EARLY_MILLIS = 1000;

interface Waiting {
  readonly reader: AnswerReader;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A connection to a receiver, which is asked one thing at a time. */
export class ReceiverConnection {
  readonly #socket: Socket;
  #isOver = false;
  #waiting: Waiting | undefined;
  #freeUntil = Number.POSITIVE_INFINITY;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.unref();
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('error', (error) => this.end(error));
    socket.on('end', () => this.#readEnd());
    socket.on('close', () => this.end(hangUp()));
  }

  /** Whether an answer is under way. */
  get isBusy(): boolean {
    return this.#waiting !== undefined;
  }

  /** Whether it can be asked now. */
  get isFree(): boolean {
    return !this.#isOver && !this.isBusy && performance.now() < this.#freeUntil;
  }

  /** Sends a request and resolves with its answer; rejects when the connection ends before. */
  ask(head: string, body: Uint8Array): Promise<Answer> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      this.#waiting = { reader: new AnswerReader(), resolve, reject };
      socket.cork();
      socket.write(head, 'latin1');
      socket.write(body);
      socket.uncork();
    });
  }

  /** Whoever waits for an answer is told why there is none. */
  end(reason: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#isOver = true;
    this.#socket.destroy();
    waiting?.reject(reason);
  }

  #read(bytes: Buffer): void {
    const waiting = this.#waiting;
    try {
      const answer = waiting?.reader.push(bytes);
      if (answer && waiting) this.#finish(answer, waiting);
      else if (!waiting) this.end(hangUp()); // nobody asked
    } catch (error) {
      this.end(error as Error);
    }
  }

  #readEnd(): void {
    const answer = this.#waiting?.reader.end();
    if (answer && this.#waiting) this.#finish(answer, this.#waiting);
    else this.end(hangUp());
  }

  #finish(answer: Answer, { reader, resolve }: Waiting): void {
    this.#waiting = undefined;
    this.#freeUntil = performance.now() + reader.idleMillis - EARLY_MILLIS;
    // An answer that comes before all of the request was sent ends it.
    if (!reader.keepsAlive || this.#socket.writableLength > 0) this.end(hangUp());
    resolve(answer);
  }
}

/** As node:http says it. */
function hangUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
