import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { slowdown } from './slowdown.ts';

/** Puts the command line of a process on a processor. */
export type OnCore = (command: string[]) => string[];

/** Wherever the system puts it. */
export const anywhere: OnCore = (command) => command;

/** Where the processes of a run are kept, as far as the system can. */
export interface Cores {
  /**
   * `apart`: server and load on cores of their own. `shared`: both on one, and neither interrupts the other.
   * `anywhere`: wherever the system puts them.
   */
  readonly placement: 'apart' | 'shared' | 'anywhere';
  readonly onServerCore: OnCore;
  readonly onLoadCore: OnCore;
  /** A processor on which nothing is measured; undefined where there is none. */
  readonly spare?: SpareCore | undefined;
}

/** For what need not be measured, such as warming up. */
export interface SpareCore {
  readonly on: OnCore;
  /** Moves a process with all its threads to the server's core. */
  bring(pid: number): void;
}

/** More than that is not the noise of a machine, but two threads of one core. */
const APART = 1.2;

/**
 * Linux with `taskset`: the server has a core, and load and collector another. A processor that slows the server's is no other
 * core, whatever the system says of it: the load would make every figure up to twice as large, and most where the
 * server is fastest. A virtual machine's are such at one time and not at another. Where there is none but such, they share
 * the server's, in batches: each of them works off what there is, and then it is the next one's turn.
 */
export async function findCores(): Promise<Cores> {
  const [server, ...others] = allowedCores();
  if (server === undefined || !has('taskset') || !has('chrt'))
    return { placement: 'anywhere', onServerCore: anywhere, onLoadCore: anywhere };
  const onServerCore = pinnedTo(server);
  for (const other of isVirtual() ? [] : others) {
    if ((await slowdown(onServerCore, pinnedTo(other))) < APART)
      return { placement: 'apart', onServerCore, onLoadCore: pinnedTo(other) };
  }
  const inBatches = batchesOn(server);
  const [other] = others;
  const spare = other === undefined ? undefined : spareCore(other, server);
  return { placement: 'shared', onServerCore: inBatches, onLoadCore: inBatches, spare };
}

function batchesOn(core: number): OnCore {
  return (command) => pinnedTo(core)(['chrt', '--batch', '0', ...command]);
}

function spareCore(core: number, server: number): SpareCore {
  return {
    on: batchesOn(core),
    bring(pid) {
      execFileSync('taskset', ['-a', '-c', '-p', `${server}`, `${pid}`], { stdio: 'ignore' });
    },
  };
}

/** As Linux says of x86; false where it does not say. */
function isVirtual(): boolean {
  return /^flags\s*:.*\bhypervisor\b/m.test(textOf('/proc/cpuinfo'));
}

function pinnedTo(core: number): OnCore {
  return (command) => ['taskset', '-c', `${core}`, ...command];
}

/** `0-1,4` of /proc as numbers. */
function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(textOf('/proc/self/status'));
  return (list?.[1] ?? '').split(',').flatMap(coresOfRange);
}

/** Empty for a file that cannot be read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function coresOfRange(range: string): number[] {
  const [first = Number.NaN, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function has(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
