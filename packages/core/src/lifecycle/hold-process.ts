/** Keeps the process alive until the work is done: exports themselves hold nothing, whoever waits for them does. */
export async function holdProcess<T>(work: Promise<T>): Promise<T> {
  const hold = setInterval(() => {}, 60_000);
  try {
    return await work;
  } finally {
    clearInterval(hold);
  }
}
