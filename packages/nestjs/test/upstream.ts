import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const server = createServer((req, res) => res.end(req.headers.traceparent ?? 'none'));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** A service in a thread of its own, which no telemetry of this one sees; answers with the traceparent it got. */
export async function startUpstream(): Promise<AsyncDisposable & { url: string }> {
  const worker = new Worker(SERVER, { eval: true });
  const [port] = await once(worker, 'message');
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
