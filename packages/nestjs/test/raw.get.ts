import { once } from 'node:events';
import { connect } from 'node:net';

/** A GET over a bare socket: a caller that makes no span, so the trace holds what the application made. */
export async function rawGet(url: string): Promise<{ status: number; body: string }> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  await once(socket, 'connect');
  const head = [`GET ${pathname}${search} HTTP/1.1`, `Host: ${hostname}`, 'Connection: close'];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  const [first = '', body = ''] = text.split('\r\n\r\n', 2);
  return { status: Number(first.split(' ')[1]), body };
}
