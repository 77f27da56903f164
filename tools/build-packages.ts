import { mustRun } from './must-run.ts';
import { type Progress, progressOnStderr, progressStep } from './progress-step.ts';

/**
 * Builds `dist` of every package, and of the apps that are compiled: apps, demo, bench and e2e load
 * what a user loads. About half a second when nothing changed. Throws with the compiler's output.
 */
export async function buildPackages(progress: Progress = progressOnStderr): Promise<void> {
  const args = ['run', 'build', '--ui=stream', '--output-logs=errors-only'];
  await progressStep('Building packages', progress, () => mustRun('turbo', args));
}

if (import.meta.main) await buildPackages();
