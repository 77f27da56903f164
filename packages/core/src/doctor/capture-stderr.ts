/** What is written to stderr while it is not disposed of, instead of being written. */
export interface Captured extends Disposable {
  readonly text: string;
}

export function captureStderr(): Captured {
  const { write } = process.stderr;
  let text = '';
  process.stderr.write = (chunk: Uint8Array | string) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return true;
  };
  return {
    get text() {
      return text;
    },
    [Symbol.dispose]() {
      process.stderr.write = write;
    },
  };
}
