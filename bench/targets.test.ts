import { expect, it } from 'vitest';
import type { Row } from './summarise.ts';
import { targetsTable } from './targets.ts';

const nothing: Row = {
  app: 'node-http',
  route: 'hello',
  variant: 'bare',
  sampling: null,
  rounds: 5,
  requests: 1000,
  requestsPerSecond: 1000,
  cpuMicrosPerRequest: 20,
  cpuSpread: { min: 20, max: 20 },
  overheadMicros: 0,
  overheadSpread: { min: 0, max: 0 },
  spansPerRequest: 0,
  offeredSpans: 0,
  exportedSpans: 0,
  droppedSpans: 0,
  wireBytes: 0,
  startMs: 100,
  filesLoaded: 10,
  rssMb: 80,
  heapMb: 10,
  p50Ms: 1,
  p99Ms: 2,
  loopDelayP99Ms: 3,
  pacedDelayP99Ms: 3,
  nodeModulesMb: 1,
  packages: 1,
};

function lineOf(rows: Row[], title: string) {
  return targetsTable(rows).lines.find(([each]) => each?.startsWith(title));
}

it('says whether each target is met, and the distance', () => {
  const rows = [
    nothing,
    { ...nothing, variant: 'ours', sampling: 0.01, overheadMicros: 1.5 },
    { ...nothing, variant: 'ours', sampling: 1, overheadMicros: 11.25, pacedDelayP99Ms: 3.5 },
  ];
  expect(lineOf(rows, 'CPU over bare, node:http, 1 %')?.slice(1)).toEqual([
    '1.5 µs',
    '1.5 µs',
    'yes',
    '',
  ]);
  expect(lineOf(rows, 'CPU over bare, node:http, 100 %')?.slice(1)).toEqual([
    '9 µs',
    '11.25 µs',
    'no',
    '2.25 µs',
  ]);
  expect(lineOf(rows, 'Event loop delay')?.slice(2, 4)).toEqual(['0.5 ms', 'yes']);
  expect(lineOf(rows, 'CPU over bare, Express 5, 1 %')?.[2]).toBe('not in this run');
});

it('compares with the peer that was measured beside', () => {
  const express = { ...nothing, app: 'express-5' };
  const rows = [
    express,
    { ...express, variant: 'ours', sampling: 1, overheadMicros: 10 },
    { ...express, variant: 'official', sampling: 1, overheadMicros: 100 },
    { ...express, variant: 'official', sampling: 0.01, overheadMicros: 1 },
    { ...express, variant: 'dd-trace', sampling: 1, overheadMicros: 20 },
  ];
  const title = 'CPU overhead over that of';
  expect(lineOf(rows, `${title} official, Express 5.3, 100 %`)?.slice(2, 4)).toEqual([
    '0.1',
    'yes',
  ]);
  expect(lineOf(rows, `${title} dd-trace, Express 5.3, 100 %`)?.slice(2)).toEqual([
    '0.5',
    'no',
    '0.25',
  ]);
});

it('does not call a target met by a figure below bare', () => {
  const rows = [nothing, { ...nothing, variant: 'ours', sampling: 0.01, overheadMicros: -9.5 }];
  expect(lineOf(rows, 'CPU over bare, node:http, 1 %')?.[3]).toBe('within the noise');
});
