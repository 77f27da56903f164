import { setImmediate as turn } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';

/** As many requests at once, each in its own span, each logging `lines` lines that say which ids they should carry. */
export async function inManyRequests(
  { requests, lines }: { requests: number; lines: number },
  log: (text: string, want: { want: string }) => void,
): Promise<void> {
  const tracer = trace.getTracer('test');
  const oneRequest = () =>
    tracer.startActiveSpan('request', async (span) => {
      const { traceId, spanId } = span.spanContext();
      for (let i = 0; i < lines; i++) {
        await turn();
        log('line', { want: `${traceId}/${spanId}` });
      }
      span.end();
    });
  await Promise.all(Array.from({ length: requests }, oneRequest));
}

/** Lines whose ids are not those they should carry, missing ones included. */
export function wrongIds(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const { want, traceID, spanID } = JSON.parse(line);
    return want !== `${traceID}/${spanID}`;
  });
}
