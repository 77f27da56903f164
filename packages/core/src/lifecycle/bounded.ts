import { reasonText } from './harmless.ts';
import { warn } from './warnings.ts';

/** How long a part of the application's own is waited for, in milliseconds. */
const PATIENCE = 5000;

/**
 * Waits for a part of the application's own, as long as that is bearable. That it failed or takes too
 * long is said; it keeps neither the process alive nor the others from their turn. Never rejects.
 */
export async function bounded(what: string, work: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, 'late').unref();
  });
  try {
    const outcome = await Promise.race([(async () => work())(), late]);
    if (outcome === 'late')
      warn(`patience with ${what}`, `${what} takes longer than 5 s and is not waited for`);
  } catch (error) {
    warn(
      `failure in ${what}`,
      `telemetry failed in ${what} and leaves this out: ${reasonText(error)}`,
    );
  } finally {
    clearTimeout(timer);
  }
}
