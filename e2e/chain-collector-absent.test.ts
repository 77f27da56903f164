import { expect, it } from 'vitest';
import { startChain } from './chain/start-chain.ts';
import { freePort } from './support/free-port.ts';

const warning = /^\[otel\] .*$/m;

it('serves as if nothing were wrong, with one warning, when there is no collector', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  await using chain = await startChain({
    OTEL_EXPORTER_OTLP_ENDPOINT: nobody,
    OTEL_METRIC_EXPORT_INTERVAL: '500',
  });
  const { gateway, 'api-node': apiNode } = chain.apps;

  await expectAnswers(chain.gateway, 20);
  // it is said when the retries of the first export are over
  await Promise.all([gateway.waitFor(warning, 30_000), apiNode.waitFor(warning, 30_000)]);
  await expectAnswers(chain.gateway, 20);

  // the last flush fails as well, which is said no second time
  expect(await gateway.stop()).toEqual({ code: 0, signal: null });
  expect(await apiNode.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  for (const { output, stderr } of [gateway, apiNode]) {
    expect(stderr.match(new RegExp(warning, 'gm'))).toEqual([expect.stringContaining(nobody)]);
    expect(output).not.toMatch(/unhandled/i);
  }
});

async function expectAnswers(gateway: string, count: number): Promise<void> {
  for (let asked = 0; asked < count; asked++) {
    const response = await fetch(`${gateway}/something`);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
}
