import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether nobody listens on a TCP port of this machine, on any of its addresses. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
