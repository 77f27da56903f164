import { mustRun } from './must-run.ts';
import { type Progress, progressOnStderr, progressStep } from './progress-step.ts';

/**
 * Builds `dist` of every published package, which apps, demo, bench and e2e load as a user would.
 * About half a second when nothing changed. Throws with the compiler's output.
 */
export async function buildPackages(progress: Progress = progressOnStderr): Promise<void> {
  await progressStep('Building packages', progress, () => mustRun('turbo', buildArguments));
}

const buildArguments = [
  'run',
  'build',
  '--filter=./packages/*',
  '--ui=stream',
  '--output-logs=errors-only',
];

if (import.meta.main) await buildPackages();
