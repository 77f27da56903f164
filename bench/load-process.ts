import { fileURLToPath } from 'node:url';
import type { OnCore } from './cores.ts';
import { startHelper } from './helper-process.ts';

/** What to send. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly requests: number;
  /** Requests a second; as fast as they go without it. */
  readonly rate?: number | undefined;
}

/** What came of it. */
export interface LoadResult {
  /** Answered with 2xx. */
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
}

/** The load generator, which runs in a process of its own. */
export interface LoadProcess extends AsyncDisposable {
  /** Sends so many requests; throws when one of them was not answered with 2xx. */
  send(load: Load): Promise<LoadResult>;
}

const program = fileURLToPath(new URL('./load.ts', import.meta.url));

/** Starts `load.ts` on the given core. */
export function startLoadProcess(onCore: OnCore): LoadProcess {
  const helper = startHelper(onCore([process.execPath, program]));
  return {
    async send(load) {
      const result = (await helper.ask(load)) as LoadResult | { readonly error: string };
      if ('error' in result) throw new Error(result.error);
      if (result.failed > 0)
        throw new Error(`${result.failed} of ${load.requests} requests failed`);
      return result;
    },
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
