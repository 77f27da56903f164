import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SentRequest } from './python-decoder.ts';

/** Keeps what arrives, undecoded. */
export interface RawCollector extends Disposable {
  readonly url: string;
  readonly requests: readonly SentRequest[];
}

/** Starts one in this process. */
export async function startRawCollector(): Promise<RawCollector> {
  const requests: SentRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const signal = request.url === '/v1/traces' ? 'traces' : 'logs';
    requests.push({ signal, body: Buffer.concat(chunks) });
    response.end();
  });
  // No server of the application: its requests are no spans.
  Object.assign(server, { [Symbol.for('org.otel.untraced')]: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
