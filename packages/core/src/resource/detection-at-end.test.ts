import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { trace } from '@opentelemetry/api';
import { expectTrace } from '@org/otel-testing';
import { startCollector } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';
import { observe } from '../../test/observe.ts';

const fixture = fileURLToPath(new URL('../../test/detecting.fixture.ts', import.meta.url));

it.each(['natural end', 'process.exit()'])(
  'a detector that hangs loses nothing at the %s',
  async (way) => {
    await using collector = await startCollector();
    const child = spawn(process.execPath, ['--conditions=@org/source', fixture, way], {
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    await expectTrace(collector, { service: 'detecting', name: 'last words' });
  },
);

it('a detector that hangs holds up no shutdown', async () => {
  const hanging = { detect: () => ({ attributes: { rack: new Promise<string>(() => {}) } }) };
  const resource = { detectors: [hanging], timeoutMillis: 600_000 };
  await using observed = await observe({ resource });
  trace.getTracer('app').startSpan('last words').end();
  await observed.telemetry.shutdown();
  await expectTrace(observed.collector, { name: 'last words' });
  expect(observed.telemetry.stats().traces).toMatchObject({ exported: 1, dropped: 0 });
});
