/** Is told one line at a time, without a line end. Default: stderr. */
export type Progress = (line: string) => void;

/** Tells stderr. */
export const progressOnStderr: Progress = (line) => {
  process.stderr.write(`${line}\n`);
};

/** Does the work; says so when it takes more than a second, and how long it took. */
export async function progressStep<T>(
  title: string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  const started = Date.now();
  let said = false;
  const timer = setTimeout(() => {
    said = true;
    progress(`${title}…`);
  }, 1000);
  timer.unref();
  try {
    const result = await work();
    if (said) progress(`${title}: ${Math.round((Date.now() - started) / 1000)} s`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}
