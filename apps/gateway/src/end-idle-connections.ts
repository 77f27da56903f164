import type { Server } from 'node:http';

/**
 * Ends each connection with its last answer once the server is closing. Node ends only those that are idle at
 * `close()`; one that was busy then is kept alive afterwards and would hold the end of the process up for seconds.
 */
export function endIdleConnections(server: Server): void {
  server.on('request', (_request, response) => {
    response.on('close', () => {
      if (!server.listening) server.closeIdleConnections();
    });
  });
}
