import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CollectorProcess, startCollectorProcess } from './collector-process.ts';
import { type Cores, findCores } from './cores.ts';
import { type LoadProcess, startLoadProcess } from './load-process.ts';

/** What every measurement is made with. */
export interface Laboratory extends AsyncDisposable {
  /** A temporary folder for what is installed. */
  readonly folder: string;
  readonly cores: Cores;
  readonly collector: CollectorProcess;
  readonly load: LoadProcess;
}

/** Makes the folder, starts collector and load generator beside the core of the server. */
export async function openLaboratory(): Promise<Laboratory> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-bench-'));
  const cores = findCores();
  const collector = await startCollectorProcess(cores.onLoadCore);
  const load = startLoadProcess(cores.onLoadCore);
  return {
    folder,
    cores,
    collector,
    load,
    async [Symbol.asyncDispose]() {
      await Promise.all([load[Symbol.asyncDispose](), collector[Symbol.asyncDispose]()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
