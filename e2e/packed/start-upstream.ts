import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that knows nothing of telemetry, for apps to call. */
export interface Upstream extends AsyncDisposable {
  readonly url: string;
  /** The headers of each request so far. */
  readonly received: IncomingHttpHeaders[];
}

/** Starts an upstream that answers `{"up":true}` to everything. */
export async function startUpstream(): Promise<Upstream> {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    response.setHeader('content-type', 'application/json').end('{"up":true}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
