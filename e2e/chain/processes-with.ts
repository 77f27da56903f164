import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mustRun } from '../../tools/must-run.ts';

/** A running process. */
export interface RunningProcess {
  pid: number;
  command: string;
}

/** The processes that have a `NAME=value` in their environment: whoever was started with it, or by one that was. */
export async function processesWith(variable: string): Promise<RunningProcess[]> {
  return existsSync('/proc/self/environ') ? fromProc(variable) : fromPs(variable);
}

function fromProc(variable: string): RunningProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return environment.includes(variable) ? [{ pid: Number(pid), command }] : [];
    } catch {
      return []; // it has just ended, or is somebody else's
    }
  });
}

/** macOS: `e` writes the environment after the command. */
async function fromPs(variable: string): Promise<RunningProcess[]> {
  const listing = await mustRun('ps', ['axeww', '-o', 'pid=,command=']);
  const lines = listing.split('\n').filter((line) => line.includes(variable));
  return lines.map((line) => {
    const [pid = '', ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), command: command.join(' ') };
  });
}
