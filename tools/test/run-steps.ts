import type { Counts, Step, StepResult } from './step.ts';

/** Writes text to where the run is watched. Default: stdout. */
type Write = (text: string) => void;

/**
 * Runs the steps one after another, also after a failed one, and returns the exit code: 0 only when
 * nothing failed. Words choose the steps whose name contains one of them. The last line is
 * `N passed, N failed, N skipped`.
 */
export async function runSteps(
  steps: readonly Step[],
  words: readonly string[] = [],
  write: Write = (text) => process.stdout.write(text),
): Promise<number> {
  const chosen = choose(steps, words);
  if (chosen.length === 0) {
    write(`no step is called ${words.join(' ')}; steps: ${names(steps)}\n`);
    return 1;
  }
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  for (const step of chosen) {
    const result = await runStep(step, write);
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
    if (result.failed > 0) failures.push(step.name);
  }
  if (failures.length > 0) write(`\nfailed: ${failures.join(', ')}\n`);
  write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed > 0 ? 1 : 0;
}

function choose(steps: readonly Step[], words: readonly string[]): readonly Step[] {
  if (words.length === 0) return steps;
  return steps.filter((step) => words.some((word) => step.name.includes(word)));
}

function names(steps: readonly Step[]): string {
  return steps.map((step) => step.name).join(', ');
}

async function runStep(step: Step, write: Write): Promise<StepResult> {
  const started = performance.now();
  const stopClock = sayStillRunning(step.name, started, write);
  const result = await outcome(step);
  stopClock();
  const mark = result.failed > 0 ? '✗' : '✓';
  const line = `${mark} ${step.name.padEnd(22)} ${since(started).padStart(8)}   ${tell(result)}\n`;
  write(line);
  for (const name of result.skippedNames ?? []) write(`    skipped: ${name}\n`);
  if (result.failed > 0) write(`\n${result.output.trimEnd()}\n\n`);
  return result;
}

async function outcome(step: Step): Promise<StepResult> {
  try {
    return await step.run();
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failed: 1, skipped: 0, output };
  }
}

/** A step of minutes must not look dead to a person or to a CI that waits for output. */
function sayStillRunning(name: string, started: number, write: Write): () => void {
  const timer = setInterval(() => write(`… ${name}: ${since(started)}\n`), 30_000);
  return () => clearInterval(timer);
}

function since(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function tell({ passed, failed, skipped }: Counts): string {
  const parts = [`${passed} passed`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return parts.join(', ');
}
