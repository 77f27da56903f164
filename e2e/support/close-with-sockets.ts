import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Of a server that does not listen yet: what closes it with every connection, also those that HTTP does not count as its own,
 * a tunnel or one in the midst of a handshake.
 */
export function closeWithSockets(server: Pick<Server, 'close' | 'on'>): () => Promise<void> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => sockets.add(socket));
  return async function close() {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
}
