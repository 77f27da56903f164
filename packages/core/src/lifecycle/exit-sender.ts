/** What the sending thread is given. */
export interface SenderData {
  /** One number that becomes 1 when all is answered, then the status of each. */
  readonly shared: SharedArrayBuffer;
  readonly parcels: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string | number>>;
    readonly body: Uint8Array;
    /** Options of the agent: TLS files, a proxy. */
    readonly agent: object;
  }[];
}

/**
 * The program of the thread that sends during an exit: every parcel once, all at the same time. It is
 * text, because a bundle has no file of ours that a thread could start.
 */
export const senderCode = `
const { workerData } = require('node:worker_threads');
const clients = { 'http:': require('node:http'), 'https:': require('node:https') };
const state = new Int32Array(workerData.shared);
let open = workerData.parcels.length;

function done(n, status) {
  if (state[n + 1] !== 0) return;
  Atomics.store(state, n + 1, status);
  open -= 1;
  if (open > 0) return;
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
}

workerData.parcels.forEach(function send({ url, headers, body, agent: options }, n) {
  const client = clients[new URL(url).protocol];
  const agent = new client.Agent(options);
  const request = client.request(url, { method: 'POST', headers, agent });
  request.on('error', () => done(n, -1));
  request.on('response', (response) => done(n, response.statusCode));
  request.end(body);
});
`;
