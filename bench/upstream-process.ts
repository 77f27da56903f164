import { fileURLToPath } from 'node:url';
import type { OnCore } from './cores.ts';
import { startHelper } from './helper-process.ts';

/** The server that the fetch route calls, in a process of its own. */
export interface UpstreamProcess extends AsyncDisposable {
  readonly url: string;
}

const program = fileURLToPath(new URL('./upstream.ts', import.meta.url));

/** Starts `upstream.ts` on the given core. */
export async function startUpstreamProcess(onCore: OnCore): Promise<UpstreamProcess> {
  const helper = startHelper(onCore([process.execPath, program]));
  const { port } = (await helper.next()) as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
