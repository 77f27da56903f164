import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startLoadProcess } from './load-process.ts';

async function listening(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('the load generator', () => {
  it('sends exactly so many requests, as fast as they go and at a pace', async () => {
    let seen = 0;
    using server = await listening((_request, response) => {
      seen += 1;
      response.end('ok');
    });
    await using load = startLoadProcess((command) => command);
    const first = await load.send({ url: server.url, connections: 4, requests: 100 });
    expect(first).toMatchObject({ requests: 100, failed: 0 });
    const paced = await load.send({ url: server.url, connections: 4, requests: 50, rate: 500 });
    expect(paced.seconds).toBeGreaterThan(0.09); // the last is due after 98 ms
    expect(seen).toBe(150);
  });

  it('says of a server that fails, and goes on with others', async () => {
    using good = await listening((_request, response) => response.end('ok'));
    using bad = await listening((_request, response) => response.writeHead(500).end());
    using gone = await listening((request) => request.socket.destroy());
    await using load = startLoadProcess((command) => command);
    const send = (url: string) => load.send({ url, connections: 2, requests: 10 });
    await expect(send(bad.url)).rejects.toThrow('1 of 10 requests failed');
    await expect(send(gone.url)).rejects.toThrow('of 10 requests failed');
    await expect(send('http://127.0.0.1:1/')).rejects.toThrow('ECONNREFUSED');
    expect(await send(good.url)).toMatchObject({ requests: 10 });
  });
});
