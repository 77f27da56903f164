import { type CollectorProcess, startCollectorProcess } from './collector-process.ts';
import { type Cores, findCores } from './cores.ts';
import { type LoadProcess, startLoadProcess } from './load-process.ts';

/** What every measurement is made with. */
export interface Laboratory extends AsyncDisposable {
  readonly cores: Cores;
  readonly collector: CollectorProcess;
  readonly load: LoadProcess;
}

/** Starts collector and load generator beside the core of the server. */
export async function openLaboratory(): Promise<Laboratory> {
  const cores = findCores();
  const collector = await startCollectorProcess(cores.onLoadCore);
  const load = startLoadProcess(cores.onLoadCore);
  return {
    cores,
    collector,
    load,
    async [Symbol.asyncDispose]() {
      await Promise.all([load[Symbol.asyncDispose](), collector[Symbol.asyncDispose]()]);
    },
  };
}
