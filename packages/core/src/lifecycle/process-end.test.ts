import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expectLog, expectTrace } from '@org/otel-testing';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('../../test/ending.fixture.ts', import.meta.url));
const threadFixture = fileURLToPath(new URL('../../test/thread.fixture.ts', import.meta.url));
const clusterFixture = fileURLToPath(new URL('../../test/cluster.fixture.ts', import.meta.url));

interface End {
  readonly code: number | null;
  readonly by: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Runs a fixture to its end, sending the signal once it says `ready`. */
async function run(args: string[], env: object, signal?: NodeJS.Signals): Promise<End> {
  const child = spawn(process.execPath, ['--conditions=@org/source', ...args], {
    env: {
      ...process.env,
      OTEL_BSP_SCHEDULE_DELAY: '60000',
      OTEL_BLRP_SCHEDULE_DELAY: '60000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.on('data', (chunk) => {
    if (signal && String(chunk).includes('ready')) child.kill(signal);
  });
  const [code, by] = await once(child, 'close');
  return { code, by, stderr };
}

function reporting(collector: Collector) {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
}

async function end(collector: Collector, way: string, signal?: NodeJS.Signals) {
  const { code, by, stderr } = await run([fixture, way], reporting(collector), signal);
  expect(stderr).toBe('');
  return { code, by };
}

async function nothingLost(collector: Collector): Promise<void> {
  await expectTrace(collector, { service: 'ending', name: 'last words' });
  await expectLog(collector, { service: 'ending', body: 'last line' });
  expect(collector.store.spans()).toHaveLength(1);
}

it('delivers everything at the natural end, which stays an end with code 0', async () => {
  await using collector = await startCollector();
  expect(await end(collector, 'natural end')).toEqual({ code: 0, by: null });
  await nothingLost(collector);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'delivers everything on %s and ends by it',
  async (signal) => {
    await using collector = await startCollector();
    expect(await end(collector, 'waiting for a signal', signal)).toEqual({
      code: null,
      by: signal,
    });
    await nothingLost(collector);
  },
);

it('leaves the end to an application that handles the signal', async () => {
  await using collector = await startCollector();
  expect(await end(collector, 'a handler of its own', 'SIGTERM')).toEqual({ code: 0, by: null });
  await nothingLost(collector);
});

it.each(['process.exit()', 'uncaught exception', 'unhandled rejection', 'a handler that exits'])(
  'delivers everything on %s, with the exit code and stderr of a process without telemetry',
  async (way) => {
    await using collector = await startCollector();
    const without = await run([fixture, way], { OTEL_SDK_DISABLED: 'true' });
    expect(await run([fixture, way], reporting(collector))).toEqual(without);
    await nothingLost(collector);
  },
);

it.each(['natural end', 'process.exit()', 'uncaught exception'])(
  'delivers everything of a worker thread on %s',
  async (way) => {
    await using collector = await startCollector();
    const without = await run([threadFixture, way], { OTEL_SDK_DISABLED: 'true' });
    expect(await run([threadFixture, way], reporting(collector))).toEqual(without);
    await nothingLost(collector);
  },
);

it.each(['natural end', 'process.exit()', 'waiting for a signal'])(
  'delivers everything of a cluster worker on %s',
  async (way) => {
    await using collector = await startCollector();
    const without = await run([clusterFixture, way], { OTEL_SDK_DISABLED: 'true' });
    expect(await run([clusterFixture, way], reporting(collector))).toEqual(without);
    await nothingLost(collector);
  },
);

it('says what is lost when the process exits and nobody listens', async () => {
  const gone = await startCollector();
  await gone.close();
  const { code, stderr } = await run([fixture, 'process.exit()'], reporting(gone));
  expect(code).toBe(3);
  expect(stderr).toBe(
    '[otel] the process exited before 1 spans and 1 log records were delivered; they are lost\n',
  );
});

it.concurrent.each([
  ['process.exit()', 3, null],
  ['natural end', 0, null],
  ['uncaught exception', 1, null],
  ['waiting for a signal', null, 'SIGTERM'],
] as const)(
  '%s: held 2 s at most when the collector takes the connection and never answers, code and signal unchanged',
  async (way, code, by) => {
    await using collector = await startCollector({ respond: () => new Promise(() => {}) });
    const started = performance.now();
    // Without a deadline of its own the end would wait for the attempt.
    const env = { ...reporting(collector), OTEL_EXPORTER_OTLP_TIMEOUT: '90000' };
    const end = await run([fixture, way], env, 'SIGTERM');
    expect([end.code, end.by]).toEqual([code, by]);
    if (code === 3) expect(end.stderr).toContain('1 spans and 1 log records');
    // The deadline and the start of a process on a busy machine.
    expect(performance.now() - started).toBeLessThan(45_000);
  },
  100_000,
);

it.each(['natural end', 'waiting for a signal'])(
  'tries once on %s when nobody ever listened',
  async (way) => {
    const gone = await startCollector();
    await gone.close();
    const { by, code } = await run([fixture, way], reporting(gone), 'SIGTERM');
    expect([code, by]).toEqual(way === 'natural end' ? [0, null] : [null, 'SIGTERM']);
  },
);
