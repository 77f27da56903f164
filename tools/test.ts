// npm test: everything that must hold, in one run. `npm test -- unit` runs the steps whose name
// contains a word.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.ts';
import { commandStep } from './test/command-step.ts';
import { runSteps } from './test/run-steps.ts';
import type { Step } from './test/step.ts';
import { vitestStep } from './test/vitest-step.ts';

const steps: Step[] = [
  commandStep('format and lint', ['biome', 'check', '--error-on-warnings', '.']),
  commandStep('unused code', ['knip']),
  commandStep('types', turbo('typecheck')),
  commandStep('types of the tools', ['tsc', '--noEmit', '-p', 'tools']),
  commandStep('build', turbo('build')),
  commandStep('package checks', turbo('lint:package')),
  commandStep('configuration drift', ['node', 'tools/configuration.ts']),
  commandStep('API drift', ['node', 'tools/api-report.ts']),
  commandStep('sizes', ['node', 'tools/sizes.ts']),
  commandStep('licences', ['node', 'tools/licences.ts']),
  commandStep('SBOM', ['node', 'tools/sbom.ts']),
  commandStep('regular expressions', ['node', 'tools/regexes.ts']),
  vitestStep('unit: tools', 'tools'),
  vitestStep('unit: bench', 'bench'),
  ...foldersOf('packages').map((name) => vitestStep(`unit: ${name}`, `packages/${name}`)),
  vitestStep('e2e', 'e2e'),
];

process.exitCode = await runSteps(steps, process.argv.slice(2));

function turbo(task: string): string[] {
  return ['turbo', 'run', task, '--continue', '--ui=stream', '--output-logs=errors-only'];
}

function foldersOf(parent: string): string[] {
  const entries = readdirSync(join(repository, parent), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
