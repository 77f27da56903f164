import { beforeAll, it } from 'vitest';
import { goPart } from '../tools/cache.ts';
import { startLink } from './delivery/link.ts';

// Seconds of each fault; the long form is what the figures in docs/reliability.md are about.
const full = process.env['OTEL_TEST_FULL'] === '1';
const seconds = full ? 60 : 4;
const settings = { OTEL_BSP_SCHEDULE_DELAY: '500' };

let toxiproxy = '';
beforeAll(async () => {
  toxiproxy = await goPart('toxiproxy');
});

it.concurrent(`connections refused for ${seconds} s at 1,000 spans/s: 0 lost, one batch at most twice`, async ({
  expect,
}) => {
  await using link = await startLink(toxiproxy, { settings });
  await link.load(1000, 1);
  await link.proxy.down();
  await link.load(1000, seconds);
  await link.proxy.up();
  const { lost, duplicates } = await link.settled();
  expect(lost).toBe(0);
  expect(duplicates).toBeLessThanOrEqual(512); // the one whose answer the fault cut off
}, 300_000);

it.concurrent('answers cut at 60 bytes: 0 lost, each request that was not acknowledged at most once more', async ({
  expect,
}) => {
  await using link = await startLink(toxiproxy, { settings });
  const heal = await link.proxy.poison({
    type: 'limit_data',
    stream: 'downstream',
    attributes: { bytes: 60 },
  });
  await link.load(1000, seconds);
  const { requests } = await link.received();
  await heal();
  const { lost, duplicates } = await link.settled();
  expect(lost).toBe(0);
  expect(requests).toBeGreaterThan(1);
  expect(duplicates).toBeLessThanOrEqual(requests * 512);
}, 300_000);

it.concurrent('connections reset in the middle of a request: 0 lost', async ({ expect }) => {
  await using link = await startLink(toxiproxy, { settings });
  const heal = await link.proxy.poison({
    type: 'reset_peer',
    stream: 'upstream',
    attributes: { timeout: 5 },
  });
  await link.load(1000, seconds);
  await heal();
  expect(await link.settled()).toMatchObject({ lost: 0 });
}, 300_000);

it.concurrent(`50 KB/s at 1,000 spans/s for ${seconds} s, compressed: 0 lost`, async ({
  expect,
}) => {
  await using link = await startLink(toxiproxy, {
    settings: { ...settings, OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' },
  });
  await link.proxy.poison({ type: 'bandwidth', stream: 'upstream', attributes: { rate: 50 } });
  await link.load(1000, seconds);
  expect(await link.settled()).toMatchObject({ lost: 0, duplicates: 0 });
}, 300_000);

it.concurrent('answers in slices of 10 bytes, 100 ms late: 0 lost, 0 twice', async ({ expect }) => {
  await using link = await startLink(toxiproxy, { settings });
  const stream = 'downstream';
  await link.proxy.poison({ type: 'latency', stream, attributes: { latency: 100, jitter: 50 } });
  await link.proxy.poison({
    type: 'slicer',
    stream,
    attributes: { average_size: 10, delay: 1000 },
  });
  await link.load(1000, seconds);
  expect(await link.settled()).toMatchObject({ lost: 0, duplicates: 0 });
}, 300_000);

it.concurrent('no fault, 10,000 spans in one second at the defaults: 0 lost, 0 twice', async ({
  expect,
}) => {
  await using link = await startLink(toxiproxy);
  await link.load(10_000, 1);
  expect(await link.settled()).toMatchObject({ lost: 0, duplicates: 0 });
}, 300_000);
