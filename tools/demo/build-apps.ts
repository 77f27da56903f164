import { mustRun } from '../must-run.ts';
import { type Progress, progressStep } from '../progress-step.ts';

/** Compiles api-node, whose Nest decorators Node cannot run as they are; the other services run from source. */
export async function buildApps(progress: Progress): Promise<void> {
  await progressStep('Building api-node', progress, () => mustRun('turbo', buildArguments));
}

const buildArguments = [
  'run',
  'build',
  '--filter=@org/sample-api-node',
  '--ui=stream',
  '--output-logs=errors-only',
];
