import { freePort } from '../support/free-port.ts';
import { spawnApp } from '../support/spawn-app.ts';

/** A fault, as toxiproxy names it. */
export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'timeout' | 'reset_peer' | 'slicer' | 'limit_data';
  /** Towards the collector, or its answers. */
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Record<string, number>;
}

/** A real toxiproxy between a sender and a collector. */
export interface Toxiproxy extends AsyncDisposable {
  /** What the sender reports to. */
  readonly url: string;
  /** Refuses connections and ends those that are open. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Lays a fault on connections; resolves with how to take it away. */
  poison(toxic: Toxic): Promise<() => Promise<void>>;
}

export async function startToxiproxy(binary: string, upstreamPort: number): Promise<Toxiproxy> {
  const port = await freePort();
  const app = await spawnApp([binary, '-host', '127.0.0.1', '-port', String(port)], {
    ready: { port },
  });
  const api = `http://127.0.0.1:${port}/proxies`;
  const listenPort = await freePort();
  const proxy = {
    name: 'collector',
    listen: `127.0.0.1:${listenPort}`,
    upstream: `127.0.0.1:${upstreamPort}`,
    enabled: true,
  };
  await call('POST', api, proxy);
  return {
    url: `http://127.0.0.1:${listenPort}`,
    down: () => call('POST', `${api}/collector`, { enabled: false }),
    up: () => call('POST', `${api}/collector`, { enabled: true }),
    async poison(toxic) {
      const name = `${toxic.type}-${toxic.stream}`;
      await call('POST', `${api}/collector/toxics`, { name, ...toxic });
      return () => call('DELETE', `${api}/collector/toxics/${name}`);
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

async function call(method: string, url: string, body?: object): Promise<void> {
  const answer = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!answer.ok)
    throw new Error(`toxiproxy: ${method} ${url}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}
