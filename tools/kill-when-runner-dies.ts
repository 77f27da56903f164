import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let reaper: ChildProcess | undefined;

/**
 * Has a process group killed when this process ends, in whatever way: a small process of its own waits
 * for the end of the pipe between the two, which not even SIGKILL can prevent. Returns how to call it off.
 */
export function killWhenRunnerDies(group: number): () => void {
  reaper ??= startReaper();
  reaper.stdin?.write(`+${group}\n`);
  return () => {
    reaper?.stdin?.write(`-${group}\n`);
  };
}

function startReaper(): ChildProcess {
  const file = fileURLToPath(new URL('reaper.mjs', import.meta.url));
  // a group of its own: Ctrl-C must not end it before its work is done
  const child = spawn(process.execPath, [file], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => {}); // the tests still clean up by themselves
  child.stdin.on('error', () => {});
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return child;
}
