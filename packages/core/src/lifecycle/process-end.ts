import { within } from './within.ts';

const SIGNALS: NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

/** How long the end of the process may be held up for the last batches, in milliseconds. */
const DEADLINE = 2000;

/** What the end of the process needs to know. */
export interface Flushable {
  flush(): Promise<void>;
  /** Whether something waits that was not exported yet. */
  pending(): boolean;
  /** Ends exports under way and drops what waits, counted. */
  giveUp(): void;
}

/** Flushes when the process is told to end, or has nothing left to do. Returns the function that ends it. */
export function flushAtProcessEnd(telemetry: Flushable): () => void {
  const stopSignals = SIGNALS.map((signal) => flushOnSignal(signal, telemetry));
  const stopNatural = flushOnNaturalEnd(telemetry);
  return () => {
    stopNatural();
    for (const stop of stopSignals) stop();
  };
}

/**
 * With other listeners the application decides when to end, and this only flushes. Alone, the signal
 * is raised again after the flush, so that the process ends as it would have without telemetry.
 */
function flushOnSignal(signal: NodeJS.Signals, telemetry: Flushable): () => void {
  function onSignal(): void {
    // First in the list: a once() listener of the application still counts here.
    const alone = process.listenerCount(signal) === 1;
    void within(DEADLINE, telemetry.flush()).then(() => {
      if (alone) raiseAgain();
    });
  }

  function raiseAgain(): void {
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  }

  process.prependListener(signal, onSignal);
  return () => void process.off(signal, onSignal);
}

/** The wait keeps the process alive until the answer is there; then `beforeExit` comes again, with nothing pending. */
function flushOnNaturalEnd(telemetry: Flushable): () => void {
  let flushedOnce = false;
  function onBeforeExit(): void {
    if (flushedOnce && !telemetry.pending()) return;
    flushedOnce = true;
    void within(DEADLINE, telemetry.flush()).then(() => telemetry.giveUp());
  }
  process.on('beforeExit', onBeforeExit);
  return () => void process.off('beforeExit', onBeforeExit);
}
