import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startHelper } from './helper-process.ts';

/** What has arrived so far. */
export interface CollectorCounts {
  spans: number;
  traceRequests: number;
  metricRequests: number;
  bytes: number;
}

/** The collector, which runs in a process of its own. */
export interface CollectorProcess extends AsyncDisposable {
  readonly url: string;
  counts(): Promise<CollectorCounts>;
  /** Resolves with the counts when no more spans have come for so long, in milliseconds. */
  quiet(millis: number): Promise<CollectorCounts>;
}

/** Spans that have not come by then are lost. */
const PATIENCE = 20_000;

const program = fileURLToPath(new URL('./collector.ts', import.meta.url));

/** Starts `collector.ts` on the given cores. */
export async function startCollectorProcess(
  onCore: (command: string[]) => string[],
): Promise<CollectorProcess> {
  const helper = startHelper(onCore([process.execPath, program]));
  const { port } = (await helper.next()) as { port: number };
  const counts = async () => (await helper.ask({})) as CollectorCounts;
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    quiet: (millis) => quiet(counts, millis),
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}

async function quiet(
  counts: () => Promise<CollectorCounts>,
  millis: number,
): Promise<CollectorCounts> {
  const limit = performance.now() + PATIENCE;
  let last = await counts();
  for (let since = performance.now(); performance.now() - since < millis; ) {
    if (performance.now() > limit) return last;
    await delay(50);
    const now = await counts();
    if (now.spans > last.spans) since = performance.now();
    last = now;
  }
  return last;
}
