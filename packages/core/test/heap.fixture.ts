// A server and its client in one process; prints the heap in use after each tenth of the requests.
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { init, recordError, setRoute } from '@org/otel-core';

const total = Number(process.argv[2]);
const telemetry = init({ serviceName: 'heap', http: { activeRequests: true, bodySizes: true } });
const server = createServer((request, response) => {
  setRoute(request, '/orders/:id');
  if (request.url?.endsWith('7')) recordError(request, new Error('seven'));
  response.end('ok');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const agent = new Agent({ keepAlive: true });

async function ask(id: number): Promise<void> {
  const request = get({ port, host: '127.0.0.1', agent, path: `/orders/${id}` });
  const [response] = await once(request, 'response');
  await once(response.resume(), 'end');
}

/** Half of them below a client span, half as if they came from outside. */
async function askMany(from: number, count: number): Promise<void> {
  for (let id = from; id < from + count; id += 20) {
    const asked = Array.from({ length: 20 }, (_, at) =>
      at % 2 ? ask(id + at) : context.with(suppressTracing(ROOT_CONTEXT), ask, undefined, id + at),
    );
    await Promise.all(asked);
  }
}

async function heapUsed(): Promise<number> {
  await telemetry.forceFlush();
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

const heap: number[] = [];
for (let part = 0; part < 10; part++) {
  await askMany((part * total) / 10, total / 10);
  heap.push(await heapUsed());
}
process.stdout.write(JSON.stringify({ heap, served: telemetry.stats().traces }));
agent.destroy();
server.close();
await telemetry.shutdown();
