import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until the answer is what is waited for; throws with the last answer when the time is over. */
export async function until<T>(
  ask: () => Promise<T>,
  isIt: (answer: T) => boolean,
  { timeout = 60_000, show = (answer: T): unknown => answer } = {},
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    if (Date.now() > end) {
      throw new Error(`after ${timeout} ms still ${JSON.stringify(show(answer))?.slice(0, 2_000)}`);
    }
    await delay(100); // a store does not tell when it has something
  }
}

/** Until the address answers 200. */
export async function untilAnswers(url: string, timeout: number): Promise<void> {
  const status = () =>
    fetch(url).then(
      (response) => response.status,
      (error) => String(error),
    );
  await until(status, (answer) => answer === 200, { timeout });
}
