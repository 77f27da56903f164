import { setTimeout as delay } from 'node:timers/promises';
import type { SignalName } from '../settings/settings.ts';
import { shownUrl } from '../settings/shown-url.ts';
import type { Probe } from './probe.ts';
import { type Question, questions } from './store-questions.ts';

export type StoreName = 'tempo' | 'jaeger' | 'loki' | 'prometheus';

/** A store that may hold the probe. */
export interface StoreAddress {
  readonly name: StoreName;
  readonly url: URL;
}

/** What became of reading one signal back. */
export interface ReadBack {
  readonly store: string;
  readonly signal: SignalName;
  /** Where it can be seen. */
  readonly link: string;
  /** Why it was not found; undefined when it was. */
  readonly problem?: string;
}

/** Milliseconds between two questions, and for one answer. */
const PAUSE = 500;
const ANSWER_TIME = 5000;

/** Asks every store for its part of the probe, again and again until the time is over. */
export function readBackFrom(
  stores: readonly StoreAddress[],
  probe: Probe,
  waitMillis: number,
): Promise<ReadBack[]> {
  return Promise.all(stores.map((store) => readFrom(store, probe, waitMillis)));
}

async function readFrom(
  { name, url }: StoreAddress,
  probe: Probe,
  waitMillis: number,
): Promise<ReadBack> {
  const question = questions[name](probe);
  const found = { store: `${name} at ${shownUrl(url.href)}`, signal: question.signal };
  const link = urlBelow(url, question.link);
  const end = performance.now() + waitMillis;
  for (;;) {
    const problem = await ask(url, question);
    if (problem === undefined) return { ...found, link };
    if (performance.now() + PAUSE > end) return { ...found, link, problem };
    await delay(PAUSE);
  }
}

/** Why it is not there yet; undefined when it is. */
async function ask(store: URL, { path, isIn }: Question): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIME);
    const response = await fetch(urlBelow(store, path), { headers: headersFor(store), signal });
    const text = await response.text();
    if (response.ok) return isIn(JSON.parse(text)) ? undefined : 'it is not there';
    return response.status === 404 ? 'it is not there (404)' : `it answered ${response.status}`;
  } catch (error) {
    return reasonOf(error as Error);
  }
}

function reasonOf({ name, message, cause }: Error): string {
  if (name === 'TimeoutError') return `no answer within ${ANSWER_TIME} ms`;
  if (name === 'SyntaxError') return 'its answer is not JSON';
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
}

/** User and password of the address go into a header, never into a link. */
function headersFor({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return { accept: 'application/json' };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return { accept: 'application/json', authorization };
}

function urlBelow(store: URL, path: string): string {
  return `${store.origin}${store.pathname.replace(/\/$/, '')}${path}`;
}
