import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process of the bench that answers one message at a time. */
export interface HelperProcess extends AsyncDisposable {
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /**
   * Sends a message when those before it are answered, and resolves with its answer; rejects with
   * its stderr when the process ends instead.
   */
  ask(message: object): Promise<unknown>;
  /** The next message nobody asked for, such as "I listen". */
  next(): Promise<unknown>;
}

/** How a process is started. */
export interface HelperOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts a command whose program is Node, with a channel for messages. Disposing kills it and waits for its end. */
export function startHelper(commandLine: string[], options: HelperOptions = {}): HelperProcess {
  const [command = '', ...args] = commandLine;
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const ended = endOf(child);
  const next = async () => {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message;
  };
  const askNow = (message: object) => {
    const answer = next();
    child.send(message, () => {}); // a process that has ended rejects the answer
    return answer;
  };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    pid: child.pid,
    next,
    ask(message) {
      const answer = turn.then(() => askNow(message));
      turn = answer.catch(() => {}); // its own asker is told
      return answer;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL'); // some peers never end after SIGTERM
      await ended.catch(() => {});
    },
  };
}

function endOf(child: ChildProcess): Promise<never> {
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr = (stderr + chunk).slice(-4000);
  });
  const ended = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      reject(new Error(`ended with ${signal ?? code}\n${stderr}`.trim()));
    });
  });
  ended.catch(() => {}); // its end is only a failure for whoever waits for an answer
  return ended;
}
