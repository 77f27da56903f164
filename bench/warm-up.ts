import { type Runner, rateOf } from './runner.ts';

/** Requests of the first look at how fast a server is. */
const FIRST = 1000;

/**
 * Sends requests until nothing of what is measured is still interpreted: so many, or for so many seconds, as whoever is slow
 * is warm after fewer. Resolves with the requests a second that it reached in the end.
 */
export async function warmUp(runner: Runner, requests: number, seconds: number): Promise<number> {
  const first = rateOf(await runner.send(FIRST));
  const second = rateOf(await runner.send(Math.min(requests / 2, (first * seconds) / 2)));
  return rateOf(await runner.send(Math.min(requests / 2, (second * seconds) / 2)));
}
