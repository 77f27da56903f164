import { type Answer, AnswerTooLarge, MAX_ANSWER_BYTES } from './post.ts';

/** Node's own limit is 16 KiB. */
const MAX_HEAD_BYTES = 64 * 1024;

/** The length of a chunk with its extensions, or a trailer. */
const MAX_LINE_BYTES = 16 * 1024;

const BEGINNING = 'HTTP/1.';
const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');
const NOTHING = Buffer.alloc(0);

/** What is read next. */
type Phase =
  | 'head'
  | 'length'
  | 'until end'
  | 'chunk size'
  | 'chunk'
  | 'chunk end'
  | 'trailer'
  | 'done';

/** Reads one answer of HTTP/1.1 (RFC 9112), however the network cuts it. What is none makes it throw. */
export class AnswerReader {
  /** Whether the connection may be used again after this answer. */
  keepsAlive = false;
  /** Milliseconds after which the receiver will close an idle connection, if it says so. */
  idleMillis = Number.POSITIVE_INFINITY;
  #phase: Phase = 'head';
  #rest: Buffer = NOTHING;
  /** Bytes of the body, or of the chunk, that are to come. */
  #missing = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #body: Buffer[] = [];
  #bodyBytes = 0;

  /** Takes what has arrived. Returns the answer once it is complete. */
  push(bytes: Buffer): Answer | undefined {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    while (this.#phase !== 'done' && this.#step());
    if (this.#phase !== 'done') return undefined;
    if (this.#rest.length > 0) this.keepsAlive = false; // nobody asked for more
    return this.#answer();
  }

  /** The receiver has closed the connection: the answer, if that is its end. */
  end(): Answer | undefined {
    return this.#phase === 'until end' ? this.#answer() : undefined;
  }

  #answer(): Answer {
    return { status: this.#status, headers: this.#headers, body: Buffer.concat(this.#body) };
  }

  /** Whether it came any further. */
  #step(): boolean {
    switch (this.#phase) {
      case 'head':
        return this.#readHead();
      case 'chunk size':
        return this.#readChunkSize();
      case 'chunk end':
        return this.#readChunkEnd();
      case 'trailer':
        return this.#readTrailer();
      default:
        return this.#readBody();
    }
  }

  #readHead(): boolean {
    const beginning = this.#rest.toString('latin1', 0, BEGINNING.length);
    if (!BEGINNING.startsWith(beginning)) throw noHttp(beginning); // HTTP/2 answers in full only later
    const head = this.#takeUntil(HEAD_END, MAX_HEAD_BYTES);
    if (head === undefined) return false;
    const [statusLine = '', ...lines] = head.split('\r\n');
    const [, version, status] = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(statusLine) ?? [];
    if (status === undefined) throw noHttp(statusLine);
    this.#status = Number(status);
    if (this.#status < 200) return true; // informational: the answer follows
    this.#headers = headersOf(lines);
    const connection = this.#headers['connection']?.toLowerCase() ?? '';
    this.keepsAlive =
      version === '1' ? !connection.includes('close') : connection.includes('keep-alive');
    const [, seconds] = /timeout=(\d+)/i.exec(this.#headers['keep-alive'] ?? '') ?? [];
    if (seconds !== undefined) this.idleMillis = Number(seconds) * 1000;
    this.#phase = this.#bodyPhase();
    return true;
  }

  #bodyPhase(): Phase {
    if (this.#status === 204 || this.#status === 304) return 'done';
    const { 'transfer-encoding': coding, 'content-length': length } = this.#headers;
    if (coding?.toLowerCase() === 'chunked') return 'chunk size';
    if (coding === undefined && length !== undefined) {
      this.#missing = wholeNumber(length, 10);
      return this.#missing > 0 ? 'length' : 'done';
    }
    this.keepsAlive = false;
    return 'until end';
  }

  #readBody(): boolean {
    if (this.#rest.length === 0) return false;
    const isBounded = this.#phase !== 'until end';
    const part = this.#rest.subarray(0, isBounded ? this.#missing : this.#rest.length);
    this.#rest = this.#rest.subarray(part.length);
    this.#bodyBytes += part.length;
    if (this.#bodyBytes > MAX_ANSWER_BYTES) throw new AnswerTooLarge();
    this.#body.push(part);
    this.#missing -= part.length;
    if (isBounded && this.#missing === 0)
      this.#phase = this.#phase === 'chunk' ? 'chunk end' : 'done';
    return true;
  }

  #readChunkSize(): boolean {
    const line = this.#takeUntil(LINE_END, MAX_LINE_BYTES);
    if (line === undefined) return false;
    const [size = ''] = line.split(';');
    this.#missing = wholeNumber(size.trim(), 16);
    this.#phase = this.#missing > 0 ? 'chunk' : 'trailer';
    return true;
  }

  #readChunkEnd(): boolean {
    const line = this.#takeUntil(LINE_END, 0);
    if (line === undefined) return false;
    this.#phase = 'chunk size';
    return true;
  }

  #readTrailer(): boolean {
    const line = this.#takeUntil(LINE_END, MAX_LINE_BYTES);
    if (line === '') this.#phase = 'done';
    return line !== undefined;
  }

  /** Text up to the mark, which is taken too; undefined while it is not there. */
  #takeUntil(mark: Buffer, most: number): string | undefined {
    const at = this.#rest.indexOf(mark);
    if (at > most || (at < 0 && this.#rest.length > most + mark.length))
      throw noHttp(this.#rest.toString('latin1', 0, 40));
    if (at < 0) return undefined;
    const text = this.#rest.toString('latin1', 0, at);
    this.#rest = this.#rest.subarray(at + mark.length);
    return text;
  }
}

/** Several of one name are one list. */
function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw noHttp(line);
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

function wholeNumber(text: string, radix: 10 | 16): number {
  const isOne = radix === 10 ? /^\d{1,15}$/.test(text) : /^[\da-f]{1,12}$/i.test(text);
  if (!isOne) throw noHttp(text);
  return Number.parseInt(text, radix);
}

function noHttp(text: string): Error {
  return new Error(`the answer is not HTTP/1.1: ${JSON.stringify(text.slice(0, 40))}`);
}
