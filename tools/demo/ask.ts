import { CannotRun } from './cannot-run.ts';

/** Asks the gateway once and reads its answer to the end; throws `CannotRun` when there is none. */
export async function ask(url: string, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const { cause, message } = error as Error;
    throw new CannotRun(
      `The gateway gave no answer on ${url}: ${(cause as Error)?.message ?? message}.`,
    );
  }
}
