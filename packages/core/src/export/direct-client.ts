import { isIP, type Socket } from 'node:net';
import { nodeHttp } from '../lifecycle/node-http.ts';
import type { TlsFiles } from '../settings/settings.ts';
import { type Attempt, noAnswerError, type PostClient } from './post.ts';
import { ReceiverConnection } from './receiver-connection.ts';

/**
 * POSTs over connections of its own, without node:http. Node's server and client share their code: where both are in use,
 * the engine compiles it for both, and each request that the application serves becomes dearer (an Express server by 2.5
 * to 3 us, a quarter of what telemetry costs it).
 */
export function directClient(url: URL, tls: TlsFiles | undefined): PostClient {
  const connect = connector(url, tls);
  const connections = new Set<ReceiverConnection>();

  function end(connection: ReceiverConnection, reason: Error): void {
    connections.delete(connection);
    connection.end(reason);
  }

  function free(): ReceiverConnection {
    for (const connection of connections) {
      if (connection.isFree) return connection;
      if (!connection.isBusy) end(connection, new Error('it was idle for too long'));
    }
    const made = new ReceiverConnection(connect());
    connections.add(made);
    return made;
  }

  return {
    async post(attempt) {
      const { giveUp, timeoutMillis, body } = attempt;
      const head = headOf(url, attempt);
      if (giveUp.aborted) throw noAnswerError(attempt);
      const connection = free();
      const giveUpNow = () => end(connection, noAnswerError(attempt));
      const timer = setTimeout(giveUpNow, timerMillis(timeoutMillis)).unref();
      giveUp.addEventListener('abort', giveUpNow);
      try {
        return await connection.ask(head, body);
      } finally {
        clearTimeout(timer);
        giveUp.removeEventListener('abort', giveUpNow);
      }
    },
    close() {
      for (const connection of connections) end(connection, new Error('telemetry ended'));
    },
  };
}

/** Makes connections as the agents of node:http and node:https do. */
function connector(url: URL, tls: TlsFiles | undefined): () => Socket {
  const isTls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (isTls ? 443 : 80);
  const options = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 1000 };
  if (!isTls) return () => process.getBuiltinModule('node:net').connect(options);
  // TLS takes 10 ms to load, and most collectors are a sidecar without it.
  const { connect } = process.getBuiltinModule('node:tls');
  const servername = isIP(host) ? '' : host;
  return () => connect({ ...options, servername, ALPNProtocols: ['http/1.1'], ...tls });
}

/** Throws where a header would break the request, as node:http does. */
function headOf(url: URL, { headers }: Attempt): string {
  const { validateHeaderName, validateHeaderValue } = nodeHttp();
  const own = { host: url.host, connection: 'keep-alive', ...credentials(url) };
  const all = new Map<string, string | number>(Object.entries(own));
  for (const [name, value] of Object.entries(headers)) all.set(name.toLowerCase(), value);
  let head = `POST ${url.pathname}${url.search} HTTP/1.1\r\n`;
  for (const [name, value] of all) {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    head += `${name}: ${value}\r\n`;
  }
  return `${head}\r\n`;
}

/** A name and password in the URL. */
function credentials({ username, password }: URL): { authorization?: string } {
  if (!username && !password) return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A timer of Node's that is asked for more than 24 days fires at once. */
function timerMillis(milliseconds: number): number {
  return Math.min(Math.max(1, Math.ceil(milliseconds)), 2 ** 31 - 1);
}
