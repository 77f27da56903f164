import { describe, expect, it } from 'vitest';
import { runSteps } from './run-steps.ts';
import type { Step, StepResult } from './step.ts';

function step(name: string, result: Partial<StepResult>): Step {
  return { name, run: async () => ({ passed: 0, failed: 0, skipped: 0, output: '', ...result }) };
}

async function run(steps: Step[], words?: string[]) {
  let written = '';
  const code = await runSteps(steps, words, (text) => {
    written += text;
  });
  return { code, written, last: written.trimEnd().split('\n').at(-1) };
}

describe('runSteps', () => {
  it('ends with the sum of all steps and 0 when nothing failed', async () => {
    const { code, last } = await run([
      step('a', { passed: 2, skipped: 1 }),
      step('b', { passed: 1 }),
    ]);
    expect({ code, last }).toEqual({ code: 0, last: '3 passed, 0 failed, 1 skipped' });
  });

  it('goes on after a failed step, shows its output in full, and ends with 1', async () => {
    const { code, last, written } = await run([
      step('a', { failed: 2, output: 'first line\nlast line' }),
      step('b', { passed: 1, output: 'not shown' }),
    ]);
    expect({ code, last }).toEqual({ code: 1, last: '1 passed, 2 failed, 0 skipped' });
    expect(written).toContain('first line\nlast line');
    expect(written).toContain('failed: a\n');
    expect(written).not.toContain('not shown');
  });

  it('counts a step that throws as failed', async () => {
    const broken: Step = { name: 'broken', run: () => Promise.reject(new Error('no such tool')) };
    const { code, last, written } = await run([broken]);
    expect({ code, last }).toEqual({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
    expect(written).toContain('no such tool');
  });

  it('names every skipped test', async () => {
    const { written } = await run([
      step('a', { skipped: 1, skippedNames: ['on the real Collector'] }),
    ]);
    expect(written).toContain('skipped: on the real Collector');
  });

  it('runs only the steps that are asked for, and says when there is none', async () => {
    const steps = [step('unit: core', { passed: 1 }), step('e2e', { failed: 1 })];
    expect((await run(steps, ['unit'])).last).toBe('1 passed, 0 failed, 0 skipped');
    const none = await run(steps, ['untit']);
    expect(none.code).toBe(1);
    expect(none.written).toContain('steps: unit: core, e2e');
  });
});
