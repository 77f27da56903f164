import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedNpmProject } from '../cache.ts';

/** A registry of this machine alone. Disposing of it stops it and removes what was published. */
export interface LocalRegistry extends AsyncDisposable {
  readonly url: string;
  /** Environment in which npm publishes there and nowhere else, whatever the user's own settings say. */
  readonly publishing: Record<string, string>;
  /** A project's `.npmrc` that takes `@org/*` from there, and everything else from where npm always does. */
  readonly npmrc: string;
}

/** Starts verdaccio in this process, on a free port of 127.0.0.1. It holds only what is published to it. */
export async function startLocalRegistry(): Promise<LocalRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'otel-node-registry-'));
  const server = await listen(await createServer(folder));
  const { port } = server.address() as AddressInfo;
  const address = `127.0.0.1:${port}/`;
  const url = `http://${address}`;
  const publishing = await publishingAt(address, folder);
  const npmrc = `@org:registry=${url}\n`;
  return { url, publishing, npmrc, [Symbol.asyncDispose]: stop };

  async function stop() {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    await rm(folder, { recursive: true, force: true });
  }
}

/** verdaccio as npm installs it; the version range of one of its parts is a tag that some registries lack. */
const verdaccio = {
  name: 'verdaccio',
  dependencies: { verdaccio: '6.10.4' },
  overrides: { 'node-fetch': '2.7.0' },
};

async function createServer(folder: string): Promise<Server> {
  const project = await cachedNpmProject(verdaccio);
  const { runServer } = createRequire(join(project, 'package.json'))('verdaccio');
  const everybody = { access: '$all', publish: '$all' };
  return runServer({
    storage: join(folder, 'storage'),
    self_path: folder,
    configPath: join(folder, 'config.yaml'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
    packages: { '@org/*': everybody },
    uplinks: {},
    log: { type: 'stdout', format: 'json', level: 'fatal' },
    web: { enable: false },
    max_body_size: '50mb',
  });
}

async function listen(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The user's own settings are left out: with them could come another registry, and the right to publish to it. */
async function publishingAt(address: string, folder: string): Promise<Record<string, string>> {
  const [user, global] = [join(folder, 'user.npmrc'), join(folder, 'global.npmrc')];
  // npm wants to be logged in before it publishes; this registry does not ask who it is
  await writeFile(user, `//${address}:_authToken=nobody\n`);
  await writeFile(global, '');
  return {
    npm_config_registry: `http://${address}`,
    npm_config_userconfig: user,
    npm_config_globalconfig: global,
    npm_config_provenance: 'false',
  };
}
