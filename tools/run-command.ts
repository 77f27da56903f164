import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { repository } from './repository.ts';

/** How a command ended; `code` is null when a signal or the time limit ended it, or it was not found. */
export interface CommandResult {
  code: number | null;
  /** stdout and stderr as they came. */
  output: string;
  /** stdout alone. */
  stdout: string;
}

/** What a command runs with. */
export interface CommandOptions {
  /** Default: the checkout. */
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Record<string, string>;
  /** Milliseconds after which the command and its children are killed. Default: none. */
  timeout?: number;
}

/**
 * Runs a command to its end, with the repository's own tools (and Node 24) first on PATH, and
 * collects what it writes. Never rejects. Ctrl-C and SIGTERM of this process end the command and
 * all its children.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd = repository, env = {}, timeout }: CommandOptions = {},
): Promise<CommandResult> {
  // its own process group, so that its children end with it
  const child = spawn(command, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...quietTools, PATH: toolsFirst(), ...env },
  });
  let output = '';
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const release = endWithThisProcess(child.pid);
  const limit = timeout
    ? setTimeout(() => {
        output += `\nended after ${Math.round(timeout / 1000)} s: ${command} did not finish\n`;
        killGroup(child.pid, 'SIGKILL');
      }, timeout)
    : undefined;
  return new Promise((resolve) => {
    const end = (code: number | null) => {
      clearTimeout(limit);
      release();
      resolve({ code, output, stdout });
    };
    child.on('error', (error) => {
      output += `${command}: ${error.message}\n`;
      end(null);
    });
    child.on('close', end);
  });
}

// no tool reports home about a run of ours,
// and what they write is read again: no colours
const quietTools = {
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
};

function toolsFirst(): string {
  return join(repository, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '');
}

const running = new Set<number>();

function endWithThisProcess(pid: number | undefined): () => void {
  if (pid === undefined) return () => {};
  if (running.size === 0) for (const signal of endSignals) process.on(signal, endRunning);
  running.add(pid);
  return () => {
    running.delete(pid);
    if (running.size === 0) for (const signal of endSignals) process.off(signal, endRunning);
  };
}

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function endRunning(signal: NodeJS.Signals): void {
  for (const pid of running) killGroup(pid, 'SIGTERM');
  for (const each of endSignals) process.off(each, endRunning);
  // others (the demo) may still have to clean up on this signal: only the last listener ends the process
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // it has ended already
  }
}
