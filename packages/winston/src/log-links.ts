import { help } from './log-links/help.ts';
import { type LogLinkOptions, readArguments } from './log-links/read-arguments.ts';
import { renderFiles } from './log-links/render-files.ts';
import { writeFiles } from './log-links/write-files.ts';

/** What the command needs of the process that runs it. */
export interface Surroundings {
  /** The folder of the templates, with a slash at its end. */
  readonly templates: URL;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * The command `otel-log-links`: writes the files that lead from a log line to its trace and back. Its exit code: 0 when
 * they are written, 1 when they could not be, 2 when the arguments are not understood. Never throws.
 */
export async function logLinks(
  args: readonly string[],
  { templates, print, complain }: Surroundings,
): Promise<number> {
  let options: LogLinkOptions | undefined;
  try {
    options = readArguments(args);
  } catch (reason) {
    complain(`otel-log-links: ${(reason as Error).message}\nSee otel-log-links --help.\n`);
    return 2;
  }
  if (!options) {
    print(help);
    return 0;
  }
  try {
    const files = await renderFiles(options, templates);
    print(await writeFiles(files, options.out, options.force));
    return 0;
  } catch (reason) {
    complain(`otel-log-links: ${(reason as Error).message}\n`);
    return 1;
  }
}
