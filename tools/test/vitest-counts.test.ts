import { describe, expect, it } from 'vitest';
import { type VitestReport, vitestCounts } from './vitest-counts.ts';

type File = VitestReport['testResults'][number];

function file(status: string, ...tests: string[]): File {
  const assertionResults = tests.map((each, index) => ({
    fullName: `test ${index}`,
    status: each,
  }));
  return { name: 'a.test.ts', status, assertionResults };
}

describe('vitestCounts', () => {
  it('counts tests, and names what was skipped', () => {
    const report = {
      testResults: [
        file('failed', 'passed', 'failed', 'pending'),
        file('passed', 'todo', 'passed'),
      ],
    };
    expect(vitestCounts(report, 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
      skippedNames: ['test 2', 'test 0'],
    });
  });

  it('counts a file that did not load as a failed test', () => {
    const report = { testResults: [file('failed'), file('passed', 'passed')] };
    expect(vitestCounts(report, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts an error outside of a test', () => {
    expect(vitestCounts({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({
      failed: 1,
    });
  });

  it('counts a run that was killed, wrote no report or has no tests as failed', () => {
    expect(vitestCounts({ testResults: [file('passed', 'passed')] }, null)).toMatchObject({
      failed: 1,
    });
    expect(vitestCounts(undefined, 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(vitestCounts({ testResults: [] }, 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
