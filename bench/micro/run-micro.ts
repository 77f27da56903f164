import { fileURLToPath } from 'node:url';
import type { Cores } from '../cores.ts';
import { startHelper } from '../helper-process.ts';
import type { Table } from '../table.ts';
import type { MicroResult } from './measure-micro.ts';

const program = fileURLToPath(new URL('./process.ts', import.meta.url));

/** Measures the pieces in a process on the server's core. The packages must be built. */
export async function runMicro({ onServerCore }: Cores): Promise<MicroResult[]> {
  await using helper = startHelper(onServerCore([process.execPath, program]));
  return (await helper.next()) as MicroResult[];
}

/** The pieces as people read them. */
export function microTable(results: readonly MicroResult[]): Table {
  const lines = results.map(({ name, nanoseconds, marginPercent, over = '' }) => [
    name,
    `${nanoseconds}`,
    `${marginPercent} %`,
    over,
  ]);
  return { head: ['piece', 'ns of CPU', 'margin of error', 'without'], lines };
}
