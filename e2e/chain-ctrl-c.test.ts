import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { findCollector, optionalPart } from '../tools/cache.ts';
import { repository } from '../tools/repository.ts';
import { processesWith } from './chain/processes-with.ts';
import { type App, spawnApp } from './support/spawn-app.ts';

const collector = await optionalPart(findCollector());
const mark = `CHAIN_TEST_MARK=${crypto.randomUUID()}`;

afterEach(async () => {
  for (const { pid } of await processesWith(mark)) process.kill(pid, 'SIGKILL');
});

it('leaves no process behind on Ctrl-C', () => endsOnCtrlC([]));

it.skipIf(!collector)(
  'leaves no process behind on Ctrl-C, a real Collector included',
  { timeout: 600_000 },
  () => endsOnCtrlC(['--collector=otelcol'], ['otelcol.yaml']),
);

async function endsOnCtrlC(args: string[], parts: string[] = []): Promise<void> {
  await using demo = await startDemo(args, parts);
  // a terminal sends the signal to the whole foreground group
  process.kill(-demo.pid, 'SIGINT');
  expect(await demo.exited).toEqual({ code: 0, signal: null });
  await untilNoneIsLeft();
}

it('leaves no process behind when it is ended by SIGTERM', async () => {
  await using demo = await startDemo();
  const { code, signal } = await demo.stop('SIGTERM', 20_000);
  expect(signal ?? code).toSatisfy((end) => end === 'SIGTERM' || end === 143);
  await untilNoneIsLeft();
});

it('leaves no process behind when it is killed', async () => {
  await using demo = await startDemo();
  process.kill(-demo.pid, 'SIGKILL');
  await demo.exited;
  await untilNoneIsLeft();
});

async function startDemo(args: string[] = [], parts: string[] = []): Promise<App> {
  const [name = '', value = ''] = mark.split('=');
  const demo = await spawnApp(join(repository, 'tools/run.mjs'), {
    args: ['demo', '--ports=auto', ...args],
    env: { [name]: value },
    ready: /^trace [\da-f]{32}/m,
    timeout: 120_000,
  });
  const commands = (await processesWith(mark)).map(({ command }) => command).join('\n');
  // what has to be gone afterwards is really there before
  for (const part of ['demo/index.ts', 'main.py', 'dist/main.js', 'src/main.ts', ...parts]) {
    expect(commands).toContain(part);
  }
  return demo;
}

/** The last ones may be in the middle of their end. */
async function untilNoneIsLeft(): Promise<void> {
  for (let left = 300; left > 0; left--) {
    if ((await processesWith(mark)).length === 0) return;
    await delay(50);
  }
  expect(await processesWith(mark)).toEqual([]);
}
