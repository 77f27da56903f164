import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expectLog, expectTrace } from '@org/otel-testing';
import { type Collector, startCollector } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('../../test/ending.fixture.ts', import.meta.url));

/** Runs the fixture to its end, sending the signal once it says `ready`. */
async function end(collector: Collector, way: string, signal?: NodeJS.Signals) {
  const child = spawn(process.execPath, ['--conditions=@org/source', fixture, way], {
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '60000',
      OTEL_BLRP_SCHEDULE_DELAY: '60000',
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

it.each(['SIGTERM', 'SIGINT'] as const)(
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

it('ends by the signal when no collector answers', async () => {
  const collector = await startCollector();
  await collector.close();
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--conditions=@org/source', fixture, 'waiting for a signal'],
    {
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code, by] = await once(child, 'close');
  expect([code, by]).toEqual([null, 'SIGTERM']);
  expect(performance.now() - started).toBeLessThan(8000);
});
