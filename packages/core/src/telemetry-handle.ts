import { orElse } from './lifecycle/harmless.ts';
import { holdProcess } from './lifecycle/hold-process.ts';
import { within } from './lifecycle/within.ts';
import type { Pipelines } from './pipelines.ts';
import type { FlushOptions, Telemetry } from './telemetry.ts';

/** How long shutdown may take, in milliseconds. */
const SHUTDOWN_DEADLINE = 5000;

/** Milliseconds; a timer that is asked for more fires at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The handle that `init()` returns; `takeDown` undoes, once, what `init()` did to the process. */
export function telemetryHandle(pipelines: Pipelines, takeDown: () => void): Telemetry {
  let ending: Promise<void> | undefined;

  function shutdown(): Promise<void> {
    ending ??= end();
    return ending;
  }

  async function end(): Promise<void> {
    takeDown();
    await within(SHUTDOWN_DEADLINE, pipelines.shutdown());
    pipelines.giveUp();
  }

  return {
    enabled: true,
    forceFlush(options) {
      const timeoutMillis = timeoutOf(options);
      const flushed = pipelines.flush();
      return timeoutMillis === undefined ? holdProcess(flushed) : within(timeoutMillis, flushed);
    },
    shutdown,
    stats: pipelines.stats,
    [Symbol.asyncDispose]: shutdown,
  };
}

/** Undefined where no time was given that a timer can take. */
function timeoutOf(options: FlushOptions | undefined): number | undefined {
  const given: unknown = orElse(
    () => options?.timeoutMillis,
    () => undefined,
  );
  return typeof given === 'number' && given <= LONGEST_TIMEOUT ? given : undefined;
}
