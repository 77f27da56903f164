import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { directClient } from './direct-client.ts';
import type { Attempt, PostClient } from './post.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A server on a free port of the host. */
async function listening(server: ReturnType<typeof createNetServer>, host = '127.0.0.1') {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, host);
  await once(server, 'listening');
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { sockets, port: (server.address() as AddressInfo).port };
}

function clientOf(url: string): PostClient {
  const client = directClient(new URL(url), undefined);
  open.push(() => client.close());
  return client;
}

/** A client of a server of node:http. */
async function served(answer: RequestListener, path = '/v1/traces') {
  const server = createServer(answer);
  const { port, sockets } = await listening(server);
  return { server, sockets, client: clientOf(`http://127.0.0.1:${port}${path}`) };
}

/** A client of a server that is written by hand. */
async function served0(onSocket: (socket: Socket) => void) {
  const { port } = await listening(createNetServer(onSocket));
  return clientOf(`http://127.0.0.1:${port}/`);
}

function attempt(given: Partial<Attempt> = {}): Attempt {
  const body = Buffer.from('body');
  const headers = { 'content-length': given.body?.length ?? body.length };
  return { headers, body, timeoutMillis: 5000, giveUp: new AbortController().signal, ...given };
}

describe('directClient', () => {
  it('sends what node:http reads: path, query, host, headers and body', async () => {
    const seen: [IncomingMessage, string][] = [];
    const { client } = await served(async (request, response) => {
      seen.push([request, await text(request)]);
      response.writeHead(200, { 'retry-after': '3' }).end('fine');
    }, '/v1/traces?a=b');
    const headers = { 'content-length': 4, 'x-key': 'käse', 'user-agent': 'me' };
    const answer = await client.post(attempt({ headers }));
    expect(answer).toMatchObject({ status: 200, headers: { 'retry-after': '3' } });
    expect(Buffer.from(answer.body).toString()).toBe('fine');
    const [[request, body] = []] = seen;
    expect(request).toMatchObject({ method: 'POST', url: '/v1/traces?a=b' });
    expect(request?.headers).toMatchObject({ 'x-key': 'käse', 'user-agent': 'me' });
    expect(request?.headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(body).toBe('body');
  });

  it('sends a name and password of the URL as node:http does', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    const { port } = await listening(server);
    await clientOf(`http://me:p%40ss@127.0.0.1:${port}/`).post(attempt());
    expect(seen).toEqual([`Basic ${btoa('me:p@ss')}`]);
  });

  it('asks an IPv6 address', async () => {
    const { port } = await listening(
      createServer((_request, response) => response.end()),
      '::1',
    );
    await expect(clientOf(`http://[::1]:${port}/`).post(attempt())).resolves.toMatchObject({
      status: 200,
    });
  });

  it('keeps its connection, and takes another for what is asked meanwhile', async () => {
    const { client, sockets } = await served((_request, response) => response.end());
    for (let n = 0; n < 5; n++) await client.post(attempt());
    expect(sockets.size).toBe(1);
    await Promise.all([client.post(attempt()), client.post(attempt())]);
    expect(sockets.size).toBe(2);
    await client.post(attempt());
    expect(sockets.size).toBe(2);
  });

  it('leaves a connection that the receiver is about to close, or has closed', async () => {
    const { client, server, sockets } = await served((_request, response) => response.end());
    server.keepAliveTimeout = 1000; // said in the answer
    await client.post(attempt());
    const [first] = sockets;
    const left = once(first as Socket, 'close');
    await client.post(attempt());
    expect(sockets.size).toBe(2);
    await left;
    server.keepAliveTimeout = 60_000;
    await client.post(attempt());
    const [, , last] = sockets;
    const closed = once(last as Socket, 'close');
    last?.end();
    await closed;
    await client.post(attempt());
    expect(sockets.size).toBe(4);
  });

  it('takes an answer that comes before the request is sent, on a connection it does not use again', async () => {
    let connections = 0;
    const client = await served0((socket) => {
      connections += 1;
      socket.once('readable', () => {
        socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n'); // and reads no more
      });
    });
    const body = Buffer.alloc(30 * 1024 * 1024);
    await expect(client.post(attempt({ body }))).resolves.toMatchObject({ status: 413 });
    await expect(client.post(attempt({ body }))).resolves.toMatchObject({ status: 413 });
    expect(connections).toBe(2);
  });

  it('rejects with what the system says when nobody listens', async () => {
    const server = createNetServer();
    const { port } = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    await expect(clientOf(`http://127.0.0.1:${port}/`).post(attempt())).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it.each([
    ['closes the connection', (socket: Socket) => socket.end()],
    ['resets the connection', (socket: Socket) => socket.resetAndDestroy()],
    [
      'ends in the midst of an answer',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab'),
    ],
  ])('rejects when the receiver %s', async (_what, act) => {
    const client = await served0((socket) => socket.once('data', () => act(socket)));
    await expect(client.post(attempt())).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('rejects when there is no answer in time, and asks again on a new connection', async () => {
    let isSilent = true;
    const { client, sockets } = await served((_request, response) => {
      if (!isSilent) response.end();
    });
    await expect(client.post(attempt({ timeoutMillis: 100 }))).rejects.toThrow(
      'no answer within 100 ms',
    );
    isSilent = false;
    await expect(client.post(attempt())).resolves.toMatchObject({ status: 200 });
    expect(sockets.size).toBe(2);
  });

  it('rejects when it is given up, before or meanwhile', async () => {
    const { client } = await served(() => {});
    const giving = new AbortController();
    const asked = client.post(attempt({ giveUp: giving.signal }));
    giving.abort();
    await expect(asked).rejects.toThrow('given up');
    await expect(client.post(attempt({ giveUp: giving.signal }))).rejects.toThrow('given up');
    const last = client.post(attempt({ timeoutMillis: 2 ** 40 }));
    client.close();
    await expect(last).rejects.toThrow('telemetry ended');
  });

  it('lets a header of the settings stand for its own, in whatever case', async () => {
    const seen: string[][] = [];
    const { client } = await served((request, response) => {
      seen.push(request.rawHeaders);
      response.end();
    });
    await client.post(attempt({ headers: { Host: 'collector.example', 'Content-Length': 4 } }));
    const headers = seen[0]?.map((text) => text.toLowerCase()) ?? [];
    expect(headers.filter((text) => text === 'host')).toHaveLength(1);
    expect(headers[headers.indexOf('host') + 1]).toBe('collector.example');
  });

  it('sends no header that would end the head', async () => {
    const { client, sockets } = await served((_request, response) => response.end());
    const headers = { 'x-key': 'a\r\nx-other: b' };
    await expect(client.post(attempt({ headers }))).rejects.toThrow('Invalid character in header');
    expect(sockets.size).toBe(0);
  });
});
