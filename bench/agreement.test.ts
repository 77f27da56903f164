import { expect, it } from 'vitest';
import { agreementOf } from './agreement.ts';
import type { Row } from './summarise.ts';

function row(variant: string, cpuMicrosPerRequest: number, sampling: number | null = 1): Row {
  const app = 'express-5';
  const overheadMicros = cpuMicrosPerRequest - 30;
  return { app, route: 'hello', variant, sampling, cpuMicrosPerRequest, overheadMicros } as Row;
}

const run = [row('bare', 30, null), row('ours', 40), row('official', 130), row('dd-trace', 80)];

it('counts the ratios of two runs that differ by 15 % at most', () => {
  const again = [row('bare', 33, null), row('ours', 45.5), row('official', 143)];
  expect(agreementOf(run, again).lines).toEqual([
    ['CPU time of a request over that of bare', '2', '2', ''],
    ["our overhead over a peer's", '0', '1', expect.stringMatching(/^Express 5\.3 auto/)],
  ]);
});

it('names those that do not, with both figures', () => {
  const again = [row('bare', 30, null), row('ours', 42), row('official', 150), row('dd-trace', 78)];
  expect(agreementOf(run, again).lines).toEqual([
    [
      'CPU time of a request over that of bare',
      '2',
      '3',
      'Express 5.3 auto-instrumentations-node 0.82.0 100 %: 4.33, 5',
    ],
    ["our overhead over a peer's", '1', '2', 'Express 5.3 dd-trace 6.21.0 100 %: 0.2, 0.25'],
  ]);
});

it('takes a ratio of nothing for one that does not agree', () => {
  const again = [row('bare', 30, null), row('ours', 30), row('official', 130)];
  expect(agreementOf(again, again).lines[1]?.slice(1, 3)).toEqual(['0', '1']);
});
