import { Writable } from 'node:stream';
import winston from 'winston';

/** A transport whose written lines can be read. */
export function collectLines() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk).trimEnd());
      done();
    },
  });
  return { lines, transport: new winston.transports.Stream({ stream }) };
}
