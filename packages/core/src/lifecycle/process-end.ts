import { EndDeadline } from './end-deadline.ts';
import { type Deliverable, deliverAtExit } from './exit-delivery.ts';
import { within } from './within.ts';

const SIGNALS: NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** What the end of the process needs to know. */
export interface Flushable extends Deliverable {
  flush(): Promise<void>;
  /** Ends exports under way and drops what waits, counted. */
  giveUp(): void;
}

/**
 * Flushes when the process is told to end, or has nothing left to do, and delivers what is left when it
 * exits all the same. Returns the function that ends it.
 */
export function flushAtProcessEnd(telemetry: Flushable): () => void {
  const deadline = new EndDeadline();
  const stops = SIGNALS.map((signal) => flushOnSignal(signal, telemetry, deadline));
  stops.push(flushOnNaturalEnd(telemetry, deadline), flushOnExit(telemetry, deadline));
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * With other listeners the application decides when to end, and this only flushes. Alone, the signal
 * is raised again after the flush, so that the process ends as it would have without telemetry.
 */
function flushOnSignal(
  signal: NodeJS.Signals,
  telemetry: Flushable,
  deadline: EndDeadline,
): () => void {
  function onSignal(): void {
    // First in the list: a once() listener of the application still counts here.
    const alone = process.listenerCount(signal) === 1;
    void within(deadline.left(), telemetry.flush()).then(() => {
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
function flushOnNaturalEnd(telemetry: Flushable, deadline: EndDeadline): () => void {
  let flushedOnce = false;
  function onBeforeExit(): void {
    if (flushedOnce && !telemetry.pending()) return;
    flushedOnce = true;
    void within(deadline.left(), telemetry.flush()).then(() => telemetry.giveUp());
  }
  process.on('beforeExit', onBeforeExit);
  return () => void process.off('beforeExit', onBeforeExit);
}

/**
 * process.exit(), an uncaught exception, an unhandled rejection and the end of a worker come here with
 * no event loop left. Listening for those themselves would change what they do.
 */
function flushOnExit(telemetry: Flushable, deadline: EndDeadline): () => void {
  const onExit = () => deliverAtExit(telemetry, deadline.left());
  process.on('exit', onExit);
  return () => void process.off('exit', onExit);
}
