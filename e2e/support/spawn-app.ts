import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { killWhenRunnerDies } from '../../tools/kill-when-runner-dies.ts';

/** How an app ended: by a code or by a signal. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What an app is started with. */
export interface AppOptions {
  /** Arguments of the program. */
  args?: readonly string[];
  /** Arguments of Node, such as `--import=@org/otel-core/register`; only for a file. */
  nodeArgs?: readonly string[];
  /** The Node that runs a file. Default: the one that runs the test. */
  node?: string;
  /** Added to a clean environment (no `OTEL_*`, `NODE_OPTIONS` or test runner variables); undefined removes. */
  env?: Record<string, string | undefined>;
  /** Default: the current folder. */
  cwd?: string;
  /**
   * When the app counts as started: it wrote a matching text (a group that is a number is its port),
   * accepts connections on a port, or `false`: as soon as the process runs. Default: `listening … 1234`.
   */
  ready?: RegExp | { port: number } | false;
  /** Milliseconds to get ready in. Default: 30,000. */
  timeout?: number;
}

/** A running app. Disposing of it kills it and all its children. */
export interface App extends AsyncDisposable {
  readonly pid: number;
  /** From the ready text or the `ready` option; 0 when neither tells it. */
  readonly port: number;
  /** What it wrote so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order they came. */
  readonly output: string;
  /** Resolves when the process has ended and all it wrote was read. */
  readonly exited: Promise<Exit>;
  /** Waits for a text in the output, also one that came before; rejects with the output after `timeout` ms (10,000) or when the app ends. */
  waitFor(text: RegExp, timeout?: number): Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end; SIGKILL and an error after `timeout` ms (10,000). Default: SIGTERM. */
  stop(signal?: NodeJS.Signals, timeout?: number): Promise<Exit>;
}

const listening = /listening[^\n]*?(?::|\bport |\bon )(\d{2,5})(?![.\d])/i;

/**
 * Starts an app in a process group of its own: a file with Node, or a command line given as an array.
 * Rejects with everything it wrote when it ends, or the time is over, before it is ready. Nothing of it
 * outlives the test: neither when the app is disposed of, nor when the test runner dies.
 */
export async function spawnApp(
  program: string | readonly string[],
  options: AppOptions = {},
): Promise<App> {
  const [command, args] = commandLine(program, options);
  const child = spawn(command, args, {
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(options.env),
  });
  await once(child, 'spawn'); // rejects when the command does not exist
  const app = new RunningApp(child);
  try {
    await app.ready(options.ready ?? listening, options.timeout ?? 30_000);
    return app;
  } catch (error) {
    await app.kill();
    throw error;
  }
}

function commandLine(program: string | readonly string[], options: AppOptions): [string, string[]] {
  const { args = [], nodeArgs = [], node = process.execPath } = options;
  if (typeof program === 'string') return [node, [...nodeArgs, program, ...args]];
  const [command, ...rest] = program;
  if (command === undefined)
    throw new TypeError('spawnApp: expected a command, got an empty array');
  return [command, [...rest, ...args]];
}

const ofTheTestRunner =
  /^(OTEL_|VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_V8_COVERAGE$|TEST$|FORCE_COLOR$|NO_COLOR$)/;

/** An app under test sees what a user's shell would give it, not what the test runner was started with. */
function cleanEnvironment(extra: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ofTheTestRunner.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

class RunningApp implements App {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  port = 0;
  stdout = '';
  stderr = '';
  output = '';
  readonly #listeners = new Set<() => void>();
  #ended: Exit | undefined;

  constructor(child: ChildProcess) {
    this.pid = child.pid as number;
    const forget = killWhenRunnerDies(this.pid);
    this.#collect(child, 'stdout');
    this.#collect(child, 'stderr');
    this.exited = new Promise((resolve) => {
      child.once('exit', forget);
      child.once('close', (code, signal) => {
        this.#ended = { code, signal };
        this.#tell();
        resolve(this.#ended);
      });
    });
  }

  async ready(when: RegExp | { port: number } | false, timeout: number): Promise<void> {
    if (when === false) return;
    if (when instanceof RegExp) {
      const match = await this.waitFor(when, timeout);
      this.port = Number(match.slice(1).find((group) => /^\d+$/.test(group ?? '')) ?? 0);
      return;
    }
    this.port = when.port;
    await this.#accepts(when.port, timeout);
  }

  waitFor(text: RegExp, timeout = 10_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = text.exec(this.output);
        if (match) settle(() => resolve(match));
        else if (this.#ended) settle(() => reject(this.#problem(`ended without ${text}`)));
      };
      const settle = (end: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        end();
      };
      const timer = setTimeout(
        () => settle(() => reject(this.#problem(`no ${text} in ${timeout} ms`))),
        timeout,
      );
      this.#listeners.add(look);
      look();
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM', timeout = 10_000): Promise<Exit> {
    if (this.#ended) return this.#ended;
    process.kill(this.pid, signal); // the app alone, as an orchestrator does
    const limit = new AbortController();
    const late = delay(timeout, undefined, { signal: limit.signal, ref: false }).catch(
      () => undefined,
    );
    const exit = await Promise.race([this.exited, late]);
    limit.abort();
    await this.kill(); // what it may have left behind
    if (!exit) throw this.#problem(`still ran ${timeout} ms after ${signal}`);
    return exit;
  }

  async kill(): Promise<void> {
    killGroup(this.pid);
    await this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  #collect(child: ChildProcess, name: 'stdout' | 'stderr'): void {
    const decoder = new StringDecoder('utf8'); // a character may come in two chunks
    child[name]?.on('data', (chunk: Buffer) => {
      const text = decoder.write(chunk);
      this[name] += text;
      this.output += text;
      this.#tell();
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async #accepts(port: number, timeout: number): Promise<void> {
    const end = Date.now() + timeout;
    while (!(await canConnect(port))) {
      if (this.#ended) throw this.#problem(`ended before it listened on ${port}`);
      if (Date.now() > end) throw this.#problem(`does not listen on ${port} after ${timeout} ms`);
      await delay(25); // nothing tells when a foreign process starts to listen
    }
  }

  #problem(what: string): Error {
    const end = this.#ended ? ` (code ${this.#ended.code}, signal ${this.#ended.signal})` : '';
    return new Error(`app ${this.pid}: ${what}${end}; it wrote:\n${this.output || '(nothing)'}`);
  }
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // all of it has ended
  }
}
