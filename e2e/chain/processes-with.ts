import { mustRun } from '../../tools/must-run.ts';

/** A running process. */
export interface RunningProcess {
  pid: number;
  command: string;
}

/** The processes of this machine that have a `NAME=value` in their environment: whoever was started with it, or by one that was. */
export async function processesWith(variable: string): Promise<RunningProcess[]> {
  // e: the environment after the command, on Linux and on macOS
  const listing = await mustRun('ps', ['axeww', '-o', 'pid=,command=']);
  return listing
    .split('\n')
    .filter((line) => line.includes(variable))
    .map((line) => {
      const [pid = '', ...command] = line.trim().split(/\s+/);
      return { pid: Number(pid), command: command.join(' ') };
    });
}
