/** How long one side waits for the other, in milliseconds: less than Prometheus' default scrape timeout of 10 s. */
export const PATIENCE_MS = 5_000;

/**
 * What the promise gives, or a rejection when the time is over: a metric of the other side whose callback never ends must
 * not hold up this side's. The timer keeps no process alive.
 */
export function before<T>(milliseconds: number, promise: Promise<T> | T): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`no answer within ${milliseconds} ms`));
    const timer = setTimeout(giveUp, milliseconds).unref();
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
