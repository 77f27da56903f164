import { setTimeout as delay } from 'node:timers/promises';
import { type Received, type ReceiverProcess, startReceiver } from './start-receiver.ts';
import { type SenderSdk, type SenderState, startSender } from './start-sender.ts';
import { startToxiproxy, type Toxiproxy } from './start-toxiproxy.ts';

/** An application, a proxy that can be made to fail, and a collector, each a process. */
export interface Link extends AsyncDisposable {
  readonly proxy: Toxiproxy;
  /** Ends so many spans a second for this long, then resolves with what that cost and what is left after a garbage collection. */
  load(rate: number, seconds: number): Promise<Cost>;
  /** Resolves with the state when all that was made has arrived or is counted as lost, or the time is over. */
  settled(timeoutSeconds?: number): Promise<Settled>;
  received(): Promise<Received>;
}

/** What a load cost the application. */
export interface Cost {
  readonly peakBytes: number;
  readonly peakRss: number;
  /** After a garbage collection at the end. */
  readonly keptBytes: number;
  readonly loopP99: number;
  readonly loopMax: number;
}

/** The end of a story. */
export interface Settled extends SenderState, Received {
  /** Made and not arrived. */
  readonly lost: number;
  /** Lost, and known by the sender to be. */
  readonly counted: number;
}

/** What is not as usual. */
export interface LinkOptions {
  /** Environment of the sender. */
  readonly settings?: Record<string, string>;
  readonly sdk?: SenderSdk;
  /** Who receives. Default: a collector of ours, which knows each span. */
  readonly receiver?: () => Promise<ReceiverProcess>;
}

export async function startLink(toxiproxy: string, options: LinkOptions = {}): Promise<Link> {
  await using stack = new AsyncDisposableStack();
  const receiver = stack.use(await (options.receiver ?? startReceiver)());
  const proxy = stack.use(await startToxiproxy(toxiproxy, receiver.port));
  const sender = stack.use(await startSender(proxy.url, options.settings, options.sdk));
  const all = stack.move();

  async function now(): Promise<Settled> {
    const state = await sender.ask({});
    const received = await receiver.received();
    const { dropped = 0, failed = 0 } = state.stats ?? {};
    return {
      ...state,
      ...received,
      lost: state.made - received.unique,
      counted: dropped + failed,
    };
  }

  return {
    proxy,
    async load(rate, seconds) {
      await sender.ask({ rate, resetLoop: true });
      let peakBytes = 0;
      let peakRss = 0;
      for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
        await delay(Math.min(1000, end - performance.now())); // the load itself
        const { bytes, rss } = await sender.ask({});
        peakBytes = Math.max(peakBytes, bytes);
        peakRss = Math.max(peakRss, rss);
      }
      const { loopP99, loopMax } = await sender.ask({ rate: 0 });
      const { bytes: keptBytes } = await sender.ask({ collect: true });
      return { peakBytes, peakRss, keptBytes, loopP99, loopMax };
    },
    async settled(timeoutSeconds = 60) {
      const end = performance.now() + timeoutSeconds * 1000;
      let last = await now();
      while (last.lost > last.counted && performance.now() < end) {
        await delay(100); // the collector is another process: nothing tells when it has a span
        last = await now();
      }
      return last;
    },
    received: () => receiver.received(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
