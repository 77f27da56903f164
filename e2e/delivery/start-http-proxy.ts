import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { closeWithSockets } from '../support/close-with-sockets.ts';

/** A forward proxy that leads every name to one port of this machine. */
export interface HttpProxy extends AsyncDisposable {
  readonly url: string;
  /** What it was asked for: `POST http://name/path`, `CONNECT name:443`. */
  readonly asked: string[];
}

export async function startHttpProxy(port: number): Promise<HttpProxy> {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { pathname } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = request({ port, path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  const close = closeWithSockets(server);
  server.on('connect', (incoming, client) => {
    asked.push(`CONNECT ${incoming.url}`);
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(onward).pipe(client);
    });
    onward.on('error', () => client.destroy());
    client.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: close,
  };
}
