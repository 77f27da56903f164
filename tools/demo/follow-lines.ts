import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { otlpJsonLines, type TelemetrySink } from '@org/otel-testing/collector';

/** Reads a growing file. Disposing of it ends that. */
export interface Follower extends Disposable {
  /** Reads at once what is there. */
  read(): void;
}

/** Feeds a sink with the OTLP/JSON lines of a file as it grows, also when the file comes later. */
export function followLines(path: string, sink: TelemetrySink): Follower {
  const feed = otlpJsonLines(sink);
  const buffer = Buffer.alloc(1 << 16);
  let position = 0;
  // The Collector writes the file with its own rhythm (200 ms); watching would not be sooner.
  const timer = setInterval(read, 100).unref();
  return { read, [Symbol.dispose]: () => clearInterval(timer) };

  function read(): void {
    if (!existsSync(path)) return;
    const file = openSync(path, 'r');
    try {
      for (let size = readSync(file, buffer, 0, buffer.length, position); size > 0; ) {
        position += size;
        feed(buffer.subarray(0, size));
        size = readSync(file, buffer, 0, buffer.length, position);
      }
    } finally {
      closeSync(file);
    }
  }
}
