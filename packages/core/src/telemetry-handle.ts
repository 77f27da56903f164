import { holdProcess } from './lifecycle/hold-process.ts';
import { within } from './lifecycle/within.ts';
import type { Pipelines } from './pipelines.ts';
import type { Telemetry } from './telemetry.ts';

/** How long shutdown may take, in milliseconds. */
const SHUTDOWN_DEADLINE = 5000;

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
    forceFlush({ timeoutMillis } = {}) {
      const flushed = pipelines.flush();
      return timeoutMillis === undefined ? holdProcess(flushed) : within(timeoutMillis, flushed);
    },
    shutdown,
    stats: pipelines.stats,
    [Symbol.asyncDispose]: shutdown,
  };
}
