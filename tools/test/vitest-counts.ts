import type { Counts } from './step.ts';

/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/**
 * Counts a vitest run. A file that did not load has no tests in the report, and an error outside of a
 * test none either: both count as a failed test, so that nothing red is ever counted as green.
 */
export function vitestCounts(
  report: VitestReport | undefined,
  code: number | null,
): Counts & { skippedNames: string[] } {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const named = (status: string) => tests.filter((test) => test.status === status);
  const passed = named('passed').length;
  const skippedTests = tests.filter((test) => !['passed', 'failed'].includes(test.status));
  const failed = named('failed').length + files.filter(didNotLoad).length;
  return {
    passed,
    failed: failed === 0 && (code !== 0 || tests.length === 0) ? 1 : failed,
    skipped: skippedTests.length,
    skippedNames: skippedTests.map((test) => test.fullName),
  };
}

function didNotLoad({ status, assertionResults }: VitestReport['testResults'][number]): boolean {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}
