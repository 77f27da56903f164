import { expect } from 'vitest';
import { appFolder } from '../packed/app-folder.ts';
import { installedPackages } from '../packed/installed-packages.ts';
import { spawnApp } from '../support/spawn-app.ts';
import { inTurns } from './in-turns.ts';

/** What the service printed, two lines a request (it sends one more), and what it said about itself. */
export interface ShopOutput {
  lines: string[];
  stderr: string;
}

/** Has the service of fixtures/logs serve requests, and end. */
export async function runShop(env: Record<string, string>, requests: number): Promise<ShopOutput> {
  await using app = await appFolder(await installedPackages(), 'logs');
  await using shop = await spawnApp(app.file('shop.mjs'), { env });
  await inTurns(requests, 16, async (order) => {
    const response = await fetch(`http://127.0.0.1:${shop.port}/orders?order=${order}`);
    expect(await response.text()).toBe('ok\n');
  });
  expect(await shop.stop('SIGTERM', 30_000)).toEqual({ code: 0, signal: null });
  return { lines: shop.stdout.trimEnd().split('\n'), stderr: shop.stderr };
}
