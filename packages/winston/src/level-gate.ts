import type winston from 'winston';

/** Whether a transport of the logger would take a line of this level. Allocates nothing. */
export type LevelGate = (level: string) => boolean;

type Levels = Readonly<Record<string, number>>;
type Method = (...call: unknown[]) => unknown;

/** What a winston transport knows of levels; a plain stream that a logger is piped into knows nothing. */
interface Sink {
  readonly level?: string;
  readonly levels?: Levels;
  readonly parent?: { readonly level?: string } | null;
}

/** Makes the gate of a logger; it sees changed levels, and transports that come and go. */
export function levelGate(logger: winston.Logger): LevelGate {
  const sinksOf = rememberSinks(logger);
  return function isTaken(level) {
    if (logger.silent) return false;
    const sinks = sinksOf();
    if (sinks.length === 0) return true; // winston has something to say about it
    for (const sink of sinks) if (takes(sink, level)) return true;
    return false;
  };
}

/** `logger.transports` makes a new list each time; every transport comes by `pipe` and goes by `unpipe`. */
function rememberSinks(logger: winston.Logger): () => readonly Sink[] {
  let sinks: readonly Sink[] | undefined;
  for (const name of ['pipe', 'unpipe'] as const) {
    const method = logger[name] as Method;
    const value: Method = function changeSinks(this: unknown, ...call) {
      try {
        return method.apply(this, call);
      } finally {
        sinks = undefined;
      }
    };
    Object.defineProperty(logger, name, { value, configurable: true, writable: true });
  }
  return function currentSinks() {
    sinks ??= logger.transports as readonly Sink[];
    return sinks;
  };
}

/** As winston-transport decides; a level nobody knows is passed on, for winston to complain. */
function takes({ level, levels, parent }: Sink, wanted: string): boolean {
  const threshold = level || parent?.level;
  if (!levels || !threshold) return true;
  const limit = levels[threshold];
  const value = levels[wanted];
  return limit === undefined || value === undefined || limit >= value;
}
