import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../repository.ts';
import { runCommand } from '../run-command.ts';
import type { Step, StepResult } from './step.ts';
import { stepLimit } from './step-limit.ts';
import { type VitestReport, vitestCounts } from './vitest-counts.ts';

/** A step that is as many tests as vitest finds in a folder of the repository, or in some files of it. */
export function vitestStep(name: string, folder: string, files: readonly string[] = []): Step {
  return { name, run: () => runVitest(join(repository, folder), files) };
}

async function runVitest(cwd: string, files: readonly string[]): Promise<StepResult> {
  const temporary = await mkdtemp(join(tmpdir(), 'otel-node-test-'));
  const file = join(temporary, 'report.json');
  try {
    const args = ['run', '--maxWorkers=2', '--reporter=default', '--reporter=json'];
    const options = { cwd, timeout: stepLimit };
    const { code, output } = await runCommand(
      'vitest',
      [...args, `--outputFile.json=${file}`, ...files],
      options,
    );
    return { ...vitestCounts(await readReport(file), code), output };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
}
