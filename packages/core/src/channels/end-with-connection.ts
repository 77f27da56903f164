import type { Socket } from 'node:net';
import { guarded } from '../lifecycle/guarded.ts';
import type { ServerRequest } from './server-request.ts';

/** Requests whose responses stand in line on a connection. */
const inLine = new WeakMap<Socket, Set<ServerRequest>>();

const endAll = guarded('the end of a connection', (requests: Set<ServerRequest>) => {
  for (const request of requests) request.end();
});

/**
 * Ends a request that was pipelined when its connection closes before its response's turn has come: on Node 22 such a
 * response never closes. One listener a connection, however long the line is.
 */
export function endWithConnection(state: ServerRequest): void {
  const { socket } = state.request;
  const requests = inLine.get(socket) ?? new Set();
  if (!inLine.has(socket)) {
    inLine.set(socket, requests);
    socket.once('close', () => endAll(requests));
  }
  requests.add(state);
  state.response.once('close', () => requests.delete(state));
}
