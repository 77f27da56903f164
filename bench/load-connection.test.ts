import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Connection } from './load-connection.ts';

const head = (status: number, length: number) =>
  `HTTP/1.1 ${status} Of It\r\nContent-Length: ${length}\r\n\r\n`;

/** A connection to a server that does with each request what it is told to. */
async function connected(answer: (socket: Socket, request: string) => void) {
  const server = createServer((socket) => {
    socket.on('data', (bytes) => answer(socket, String(bytes)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connection = await Connection.open(`http://127.0.0.1:${port}/hello/world`);
  server.close();
  return {
    connection,
    ask: () => new Promise<boolean>((resolve) => connection.send((isGood) => resolve(isGood))),
    close: () => connection.close(),
  };
}

describe('a connection of the load generator', () => {
  it('sends a whole request and tells 2xx from others, also of the same length', async () => {
    const seen: string[] = [];
    const { ask, close } = await connected((socket, request) => {
      seen.push(request);
      socket.write(`${head(seen.length === 3 ? 500 : 200, 2)}ok`);
    });
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([true, true, false, true]);
    expect(seen[0]).toMatch(/^GET \/hello\/world HTTP\/1.1\r\nhost: 127.0.0.1:\d+\r\n\r\n$/);
    close();
  });

  it('waits for the rest of an answer that comes in parts', async () => {
    const parts = [head(200, 4).slice(0, 12), head(200, 4).slice(12), 'ab', 'cd'];
    const { ask, close } = await connected(function writeOn(socket) {
      const next = parts.shift();
      if (next !== undefined) socket.write(next, () => setImmediate(writeOn, socket));
    });
    expect(await ask()).toBe(true);
    close();
  });

  it('counts a request as failed whose answer has no length', async () => {
    const { ask } = await connected((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    expect(await ask()).toBe(false);
  });

  it('counts a request as failed whose connection closes', async () => {
    const { ask } = await connected((socket) => socket.destroy());
    expect(await ask()).toBe(false);
  });
});
