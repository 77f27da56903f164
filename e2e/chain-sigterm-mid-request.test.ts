import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expectTrace, startCollector } from '@org/otel-testing';
import { expect, it } from 'vitest';
import { startService } from './chain/start-service.ts';

it('finishes the request and sends its spans when api-node gets SIGTERM in the middle of it', async () => {
  await using collector = await startCollector();
  await using python = await slowService();
  // intervals longer than the test: only the flush can bring the spans
  await using app = await startService('api-node', {
    API_PYTHON_URL: python.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '600000',
    OTEL_METRIC_EXPORT_INTERVAL: '600000',
  });

  const answer = fetch(`http://127.0.0.1:${app.port}/something`);
  const asked = await python.asked;
  process.kill(app.pid, 'SIGTERM');
  const signalled = performance.now();
  await untilRefused(app.port); // it has begun to shut down
  asked.end('{"message":"late but there"}');

  const response = await answer;
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    message: 'Hello from api-node',
    apiPython: { message: 'late but there' },
  });
  expect(await app.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(performance.now() - signalled).toBeLessThan(3000);
  await expectTrace(collector, {
    service: 'api-node',
    name: 'GET /something',
    kind: 'server',
    attributes: { 'http.route': '/something', 'http.response.status_code': 200 },
    spans: [
      {
        name: 'SomethingController.something',
        spans: [{ name: 'GET', kind: 'client', attributes: { 'http.response.status_code': 200 } }],
      },
    ],
  });
});

/** Stands in for api-python: takes one request and answers when told to. */
async function slowService() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = once(server, 'request').then(([, response]) => {
    return (response as ServerResponse<IncomingMessage>).setHeader(
      'content-type',
      'application/json',
    );
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function untilRefused(port: number): Promise<void> {
  const end = performance.now() + 2000;
  while (await accepts(port)) {
    if (performance.now() > end)
      throw new Error('api-node still accepts connections after SIGTERM');
    await delay(10);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
