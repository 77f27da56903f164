import type { DemoOptions } from './demo-options.ts';
import type { Prepared } from './prepare.ts';
import { renderReport } from './render-report.ts';
import { reportJson } from './report-json.ts';
import { runOnce } from './run-once.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { startDemo } from './start-demo.ts';

/** Starts everything, asks, shows; resolves with the exit code when everything has ended. */
export async function runDemo(
  options: DemoOptions,
  prepared: Prepared,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
  const write = (text: string) => void process.stdout.write(`${text}\n`);
  await using demo = await startDemo(options, prepared, say, signal);
  if (!options.once) {
    await runUntilStopped(demo, (report) =>
      write(options.json ? reportJson(report) : renderReport(report, colour)),
    );
    return 0;
  }
  const report = await runOnce(demo);
  write(options.json ? reportJson(report) : renderReport(report, colour));
  const ok = report.missing.length === 0;
  const verdict = ok ? `chain ok: ${report.summary}` : `chain failed: ${report.missing.join('; ')}`;
  (options.json ? say : write)(verdict);
  return ok ? 0 : 1;
}
