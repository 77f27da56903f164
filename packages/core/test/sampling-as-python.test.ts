import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { pythonVenv } from '../../../tools/cache.ts';
import { mustRun } from '../../../tools/must-run.ts';
import { repository } from '../../../tools/repository.ts';

const ratios = [0.01, 0.1, 0.5];
const bounds = ratios.map((ratio) => BigInt(Math.round(ratio * 2 ** 64)));

/** Random ones, and those next to each ratio's bound. */
const traceIds = [
  ...bounds.flatMap((bound) => [bound - 1n, bound, bound + 1n].map(endingIn)),
  ...Array.from({ length: 10_000 - 3 * bounds.length }, () => randomBytes(16).toString('hex')),
];

function endingIn(low: bigint): string {
  return randomBytes(8).toString('hex') + low.toString(16).padStart(16, '0');
}

/** What opentelemetry-python's own sampler says of each id, by ratio: a line of 0 and 1. */
const script = `
import sys
from opentelemetry.sdk.trace.sampling import Decision, TraceIdRatioBased
ids = [int(line, 16) for line in open(sys.argv[1])]
for ratio in sys.argv[2:]:
    sampler = TraceIdRatioBased(float(ratio))
    kept = (sampler.should_sample(None, id, "").decision is Decision.RECORD_AND_SAMPLE for id in ids)
    print("".join("1" if each else "0" for each in kept))
`;

let python: string[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trace-ids-'));
  await writeFile(join(folder, 'ids'), traceIds.join('\n'));
  const venv = await pythonVenv(join(repository, 'apps/api-python/requirements.txt'));
  const args = ['-c', script, join(folder, 'ids'), ...ratios.map(String)];
  python = (await mustRun(venv, args)).split('\n');
  await rm(folder, { recursive: true });
}, 300_000);

/** A span of a trace whose id is given: with `traceidratio` the caller's decision counts for nothing. */
function isKept(traceId: string): boolean {
  const caller = { traceId, spanId: 'b'.repeat(16), traceFlags: 0, isRemote: true };
  const context = trace.setSpanContext(ROOT_CONTEXT, caller);
  return trace.getTracer('app').startSpan('work', {}, context).isRecording();
}

it.each(ratios)('Node and Python decide alike on 10,000 trace ids at ratio %d', async (ratio) => {
  vi.stubEnv('OTEL_TRACES_SAMPLER', 'traceidratio');
  vi.stubEnv('OTEL_TRACES_SAMPLER_ARG', String(ratio));
  for (const signal of ['TRACES', 'METRICS', 'LOGS']) vi.stubEnv(`OTEL_${signal}_EXPORTER`, 'none');
  await using _ = init();
  const node = traceIds.map(isKept);
  const ours = node.map((kept) => (kept ? '1' : '0')).join('');
  vi.unstubAllEnvs();
  const theirs = python[ratios.indexOf(ratio)] ?? '';
  const differing = traceIds.filter((_, at) => ours[at] !== theirs[at]);
  expect(theirs).toHaveLength(10_000);
  expect(differing).toEqual([]);
  expect(ours).toContain('1');
  expect(ours).toContain('0');
});
