import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver in this process that answers every request like this once it has read it; its port is free. */
export async function listening(respond: RequestListener) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => respond(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
