import { nodeHttp } from '../lifecycle/node-http.ts';
import type { TlsFiles } from '../settings/settings.ts';
import {
  type Answer,
  AnswerTooLarge,
  type Attempt,
  MAX_ANSWER_BYTES,
  noAnswerError,
  type PostClient,
} from './post.ts';

/** POSTs through a proxy, which node:http and node:https know how to ask; `proxyEnv` is what their agents are told. */
export function proxiedClient(
  url: URL,
  tls: TlsFiles | undefined,
  proxyEnv: NodeJS.ProcessEnv,
): PostClient {
  const client = clientOf(url);
  const agent = new client.Agent({ keepAlive: true, ...tls, proxyEnv });

  function post(attempt: Attempt): Promise<Answer> {
    const { headers, body, timeoutMillis } = attempt;
    const signal = AbortSignal.any([
      attempt.giveUp,
      AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMillis))),
    ]);
    return new Promise((resolve, reject) => {
      const request = client.request(url, { method: 'POST', headers, agent, signal });
      request.on('socket', (socket) => socket.unref());
      request.on('error', (error) => reject(signal.aborted ? noAnswerError(attempt) : error));
      request.on('response', (response) => {
        const chunks: Uint8Array[] = [];
        let size = 0;
        response.on('data', (chunk: Uint8Array) => {
          size += chunk.length;
          if (size <= MAX_ANSWER_BYTES) return void chunks.push(chunk);
          // Before the end of the connection gives another reason.
          reject(new AnswerTooLarge());
          request.destroy();
        });
        // Cut short (the reason is then on the request), or too long.
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, body: Buffer.concat(chunks) });
        });
      });
      request.end(body);
    });
  }

  return { post, close: () => agent.destroy() };
}

/** The module that sends there. */
function clientOf(url: URL): typeof import('node:http') | typeof import('node:https') {
  return url.protocol === 'https:' ? process.getBuiltinModule('node:https') : nodeHttp();
}
