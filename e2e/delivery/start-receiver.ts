import { fileURLToPath } from 'node:url';
import { startHelper } from '../../bench/helper-process.ts';

/** What arrived so far. */
export interface Received {
  /** Different spans. */
  unique: number;
  /** Spans that had come before. */
  duplicates: number;
  requests: number;
}

/** A collector, in a process of its own: disposing kills it. */
export interface ReceiverProcess extends AsyncDisposable {
  readonly port: number;
  received(): Promise<Received>;
}

export async function startReceiver(): Promise<ReceiverProcess> {
  const program = fileURLToPath(new URL('./receiver.ts', import.meta.url));
  const helper = startHelper([process.execPath, program]);
  const ready = (await helper.next()) as { port: number };
  return {
    port: ready.port,
    received: async () => (await helper.ask({})) as Received,
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
