import { expect, it } from 'vitest';
import { expectWholeChain } from './chain/expect-whole-chain.ts';
import { readReport, runDemoOnce } from './chain/run-demo-once.ts';

it('shows one trace of three services, their log lines and metrics, through the embedded collector', async () => {
  const run = await runDemoOnce(['--json']);
  const report = readReport(run);
  expect(report.missing).toEqual([]);
  await expectWholeChain(report.store);
  expect(report.store.counts.traces).toBe(1);
  expect(run.exit).toEqual({ code: 0, signal: null });
});

it('tells people the same, plain in a pipe, with the verdict in the last line', async () => {
  const { stdout, stderr, exit } = await runDemoOnce();
  expect(exit, stderr).toEqual({ code: 0, signal: null });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.at(-1)).toMatch(
    /^chain ok: 1 trace, 3 services, 6 spans, 3 log lines, [1-9]\d* metrics$/,
  );
  expect(lines[0]).toMatch(/^trace [\da-f]{32} {2}6 spans, 3 services$/);
  expect(stdout).toMatch(/└─ api-node {2}SomethingController\.something +internal +[\d.]+ ms/);
  expect(stdout).not.toContain('\u001b');
});
