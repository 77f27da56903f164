import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A command line that keeps a process on one core, where the system can. */
export interface Cores {
  /** Whether server and load run on cores of their own. */
  readonly pinned: boolean;
  onServerCore(command: string[]): string[];
  onLoadCore(command: string[]): string[];
}

/** Linux with `taskset` and two cores: one for the server, one for load and collector. Else nothing is pinned. */
export function findCores(): Cores {
  const [server, load] = allowedCores();
  if (server === undefined || load === undefined || !hasTaskset()) {
    return { pinned: false, onServerCore: (command) => command, onLoadCore: (command) => command };
  }
  const pin = (core: number) => (command: string[]) => ['taskset', '-c', `${core}`, ...command];
  return { pinned: true, onServerCore: pin(server), onLoadCore: pin(load) };
}

/** `0-1,4` of /proc as numbers; empty where there is no /proc. */
function allowedCores(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return (list?.[1] ?? '').split(',').flatMap(coresOfRange);
  } catch {
    return [];
  }
}

function coresOfRange(range: string): number[] {
  const [first = Number.NaN, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
