import { expect } from 'vitest';
import { startChain } from '../chain/start-chain.ts';
import { inTurns } from './in-turns.ts';

/** A request's lines say nothing of it but its ids: those of unsampled ones begin so. */
const unsampled = 'a'.repeat(24);

/** Whether a trace was one of those that `runChain()` had not sampled. */
export function isUnsampled(traceId: string): boolean {
  return traceId.startsWith(unsampled);
}

/** Sends requests through the sample chain, the first ones from a caller that did not sample; what each service printed. */
export async function runChain(
  env: Record<string, string>,
  count: { requests: number; unsampled: number },
): Promise<Record<string, string[]>> {
  await using chain = await startChain(env);
  await inTurns(count.requests, 8, async (n) => {
    const id = unsampled + n.toString(16).padStart(8, '0');
    const headers = { traceparent: `00-${id}-b7ad6b7169203331-00` };
    const response = await fetch(
      `${chain.gateway}/something`,
      n < count.unsampled ? { headers } : {},
    );
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  });
  // each flushes as it ends; from the outside in, so that none waits for another
  for (const app of Object.values(chain.apps)) await app.stop('SIGTERM', 30_000);
  const printed = Object.entries(chain.apps).map(([name, app]) => [name, linesOf(app.stdout)]);
  return Object.fromEntries(printed);
}

function linesOf(text: string): string[] {
  return text.trimEnd().split('\n');
}
