import { expect, it } from 'vitest';
import { findCollector, optionalPart } from '../tools/cache.ts';
import { expectWholeChain } from './chain/expect-whole-chain.ts';
import { readReport, runDemoOnce } from './chain/run-demo-once.ts';

const collector = await optionalPart(findCollector());

it.skipIf(!collector)(
  'shows the same trace, lines and metrics from what a real Collector wrote',
  { timeout: 600_000 },
  async () => {
    const run = await runDemoOnce(['--collector=otelcol', '--json']);
    const report = readReport(run);
    expect(report.missing).toEqual([]);
    await expectWholeChain(report.store);
    expect(report.store.counts.traces).toBe(1);
    expect(report.logs.map((log) => log.attributes['log.file.name']).sort()).toEqual([
      'api-node.log',
      'api-python.log',
      'gateway.log',
    ]);
    expect(run.exit).toEqual({ code: 0, signal: null });
  },
);
