import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { CannotRun } from './cannot-run.ts';
import type { DemoOptions, Listener, Ports } from './demo-options.ts';

/**
 * The ports of this run: free ones with `--ports=auto`, else those asked for, each tried before
 * anything starts. Throws `CannotRun` naming the one that is taken.
 */
export async function choosePorts(options: DemoOptions): Promise<Ports> {
  const { anyPorts, collector } = options;
  const servers: Server[] = [];
  const ports = { ...options.ports };
  try {
    for (const name of Object.keys(ports) as Listener[]) {
      if (name === 'otlp-grpc' && collector === 'embedded') continue; // nobody listens there
      const server = await listen(name, anyPorts ? 0 : ports[name]);
      servers.push(server); // all are held until the last is found, or one port could come twice
      ports[name] = (server.address() as AddressInfo).port;
    }
    return ports;
  } finally {
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  }
}

async function listen(name: Listener, port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'taken' : 'not allowed';
    throw new CannotRun(
      `Port ${port} (${name}) is ${why}: end the program that has it, or use another with --port-${name}=N, or any free ones with --ports=auto.`,
    );
  }
}
