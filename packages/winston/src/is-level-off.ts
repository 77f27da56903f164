import type winston from 'winston';

const LEVEL = Symbol.for('level');

type Levels = Readonly<Record<string, number>>;

/** What a winston transport knows of levels; a plain stream that a logger is piped into knows nothing. */
interface Sink {
  readonly level?: string;
  readonly levels?: Levels;
  readonly parent?: { readonly level?: string } | null;
}

/** Whether every transport of the logger would turn the line down. Allocates nothing. */
export function isLevelOff(logger: winston.Logger, info: object): boolean {
  if (logger.silent) return true;
  const { level, [LEVEL]: original } = info as { level?: string; [LEVEL]?: string };
  const wanted = original ?? level;
  const sinks = logger.transports as readonly Sink[];
  if (wanted === undefined || sinks.length === 0) return false; // winston has something to say about it
  for (const sink of sinks) if (takes(sink, wanted)) return false;
  return true;
}

/** As winston-transport decides; a level nobody knows is passed on, for winston to complain. */
function takes({ level, levels, parent }: Sink, wanted: string): boolean {
  const threshold = level || parent?.level;
  if (!levels || !threshold) return true;
  const limit = levels[threshold];
  const value = levels[wanted];
  return limit === undefined || value === undefined || limit >= value;
}
