import { join } from 'node:path';
import { diagnose } from './doctor/diagnose.ts';
import { exitCodeOf } from './doctor/diagnosis.ts';
import { help } from './doctor/help.ts';
import { jsonReport } from './doctor/json-report.ts';
import { type DoctorOptions, readArguments } from './doctor/read-arguments.ts';
import { textReport } from './doctor/text-report.ts';
import { withoutSecrets } from './doctor/without-secrets.ts';

/** What the command needs of the process that runs it. */
export interface Surroundings {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * The command `otel-doctor`. Its exit code: 0 when telemetry arrives, 1 when something stops it, 2 when
 * the arguments are not understood. Never throws.
 */
export async function doctor(
  args: readonly string[],
  { print, complain }: Surroundings,
): Promise<number> {
  // Service name and optional packages are those of the application whose folder this is.
  process.argv[1] = join(process.cwd(), 'package.json');
  let asked: DoctorOptions | undefined;
  try {
    asked = await readArguments(args);
  } catch (reason) {
    complain(`otel-doctor: ${(reason as Error).message}\nSee otel-doctor --help.\n`);
    return 2;
  }
  if (!asked) {
    print(help);
    return 0;
  }
  const diagnosis = await diagnose(process.env, asked);
  const report = asked.isJson ? jsonReport(diagnosis) : textReport(diagnosis);
  print(withoutSecrets(report, process.env, asked.init));
  return exitCodeOf(diagnosis);
}
