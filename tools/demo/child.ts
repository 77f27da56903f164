import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { killWhenRunnerDies } from '../kill-when-runner-dies.ts';

/** What a child process is started with. */
export interface ChildOptions {
  /** How it is called in messages. */
  name: string;
  commandLine: [command: string, ...args: string[]];
  cwd?: string;
  env: Record<string, string>;
  /** Told each line of its stdout. */
  onLine?: (line: string) => void;
  /** Told each line of its stderr. */
  onErrorLine?: (line: string) => void;
}

/** A process of the demo. Disposing of it stops it. */
export interface Child extends AsyncDisposable {
  readonly name: string;
  /** How it ended, once it has: `code 1`, `signal SIGTERM`. */
  readonly ended: string | undefined;
  /** The last lines it wrote. */
  readonly lastLines: readonly string[];
  /** SIGTERM, and SIGKILL for what is left of its group after ten seconds; resolves at its end. */
  stop(): Promise<void>;
}

const patience = 10_000;

/**
 * Starts a process in a group of its own: Ctrl-C on the terminal reaches the demo alone, which ends
 * its children in order. If the demo dies without that, they are killed.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const [command, ...args] = options.commandLine;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...inheritedEnvironment(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await once(child, 'spawn');
  const forget = killWhenRunnerDies(child.pid as number);
  const lastLines: string[] = [];
  readLines(child.stdout, options.onLine);
  readLines(child.stderr, options.onErrorLine);
  let ended: string | undefined;
  const closed = once(child, 'close').then(([code, signal]) => {
    ended = signal ? `signal ${signal}` : `code ${code}`;
    forget();
  });
  return {
    name: options.name,
    lastLines,
    get ended() {
      return ended;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };

  function readLines(stream: NodeJS.ReadableStream | null, tell: ChildOptions['onLine']): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > 10) lastLines.shift();
      tell?.(line);
    });
  }

  async function stop(): Promise<void> {
    if (ended !== undefined) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => killGroup(child), patience);
    await closed;
    clearTimeout(late);
    killGroup(child);
  }
}

/**
 * The demo sets all OpenTelemetry settings itself and stays on this machine: neither a setting nor a proxy of the
 * user's shell may lead its telemetry elsewhere.
 */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const leadsElsewhere = /^(OTEL_|NODE_OPTIONS$|((https?|all|grpc)_proxy)$)/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !leadsElsewhere.test(name)),
  );
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid as number), 'SIGKILL');
  } catch {
    // nothing is left of it
  }
}
