import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startReceiver } from '@org/otel-testing/collector';
import { expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('../test/heap.fixture.ts', import.meta.url));
const run = promisify(execFile);

/** With OTEL_TEST_FULL=1 as many as the promise says. */
const requests = process.env['OTEL_TEST_FULL'] === '1' ? 50_000 : 4000;

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;

it(`the heap after ${requests} requests is that of a tenth of them, within 5 %`, async () => {
  const sink = { add() {} };
  await using receiver = await startReceiver({ sink });
  const args = ['--expose-gc', '--conditions=@org/source', fixture, String(requests)];
  const env = {
    ...process.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_MAX_QUEUE_SIZE: '20000',
  };
  const { stdout } = await run(process.execPath, args, { env });
  const { heap, served } = JSON.parse(stdout);
  expect(served).toMatchObject({ exported: requests * 1.5, dropped: 0, failed: 0 });
  // The first two tenths warm up: what is made once is made there.
  const growth = median(heap.slice(7)) / median(heap.slice(2, 5)) - 1;
  expect(growth, `heap in use: ${heap.join(', ')}`).toBeLessThan(0.05);
}, 600_000);
