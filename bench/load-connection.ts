import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Told of each request how it went, with milliseconds; `isAnswered` is for 2xx. */
export type Settle = (isAnswered: boolean, millis: number) => void;

/** A digit in front of the two others of a status. */
const SUCCESS = '2'.charCodeAt(0);
const STATUS_AT = 'HTTP/1.1 '.length;

/**
 * A keep-alive connection that sends one GET after the other, always the same. Answers need a `content-length`:
 * equal ones are told by their length alone, as nearly all are.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #request: string;
  /** Bytes of the answer before. */
  #usual = 0;
  /** What came of an answer so far. */
  #partial = '';
  #settle: Settle | undefined;
  #sentAt = 0;

  private constructor(url: URL) {
    this.#request = `GET ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\n\r\n`;
    this.#socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      onread: { buffer: Buffer.allocUnsafe(2 ** 16), callback: this.#receive.bind(this) },
    });
    this.#socket.on('error', () => {}); // then it closes
    this.#socket.on('close', () => this.#finish(false));
  }

  /** Resolves when it is connected. */
  static async open(url: string): Promise<Connection> {
    const connection = new Connection(new URL(url));
    await once(connection.#socket, 'connect');
    return connection;
  }

  onClosed(listener: () => void): void {
    this.#socket.on('close', listener);
  }

  /** Only when the request before is settled. */
  send(settle: Settle): void {
    this.#settle = settle;
    this.#sentAt = performance.now();
    this.#socket.write(this.#request, 'latin1');
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(length: number, bytes: Uint8Array): boolean {
    if (this.#partial === '' && length === this.#usual) this.#finish(bytes[STATUS_AT] === SUCCESS);
    else this.#receivePart(Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1'));
    return true;
  }

  #receivePart(part: string): void {
    this.#partial += part;
    const length = lengthOf(this.#partial);
    if (length === undefined || this.#partial.length < length) return;
    if (this.#partial.length > length) {
      this.#socket.destroy(); // of such an answer nobody knows where the next one begins
      return;
    }
    const isSuccess = this.#partial.charCodeAt(STATUS_AT) === SUCCESS;
    this.#usual = length;
    this.#partial = '';
    this.#finish(isSuccess);
  }

  #finish(isAnswered: boolean): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(isAnswered, performance.now() - this.#sentAt);
  }
}

/** Of a whole answer, by its head; undefined while that is not complete, 0 when it does not say. */
function lengthOf(answer: string): number | undefined {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const body = /\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, head))?.[1];
  return body === undefined ? 0 : head + 4 + Number(body);
}
