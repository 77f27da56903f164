import { join } from 'node:path';
import { pythonVenv } from '../../tools/cache.ts';
import { buildApps } from '../../tools/demo/build-apps.ts';
import { repository } from '../../tools/repository.ts';
import { freePort } from '../support/free-port.ts';
import { type App, spawnApp } from '../support/spawn-app.ts';

/** Starts one service of the chain as its README says, on a free port unless one is given. */
export async function startService(
  name: 'gateway' | 'api-node' | 'api-python',
  env: Record<string, string>,
  given?: number,
): Promise<App> {
  const port = given ?? (await freePort());
  return spawnApp(await commandLine(name), {
    cwd: join(repository, 'apps', name),
    env: { PORT: String(port), ...env },
    ready: { port },
    timeout: 60_000,
  });
}

async function commandLine(name: string): Promise<string[]> {
  if (name === 'gateway') return [process.execPath, 'src/main.ts'];
  if (name === 'api-python') {
    return [await pythonVenv(join(repository, 'apps/api-python/requirements.txt')), 'main.py'];
  }
  await buildApps((line) => process.stderr.write(`${line}\n`));
  return [process.execPath, 'dist/main.js'];
}
