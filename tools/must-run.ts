import { type CommandOptions, runCommand } from './run-command.ts';

/** Runs a command and returns its stdout; throws with everything it wrote when it does not end with 0. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<string> {
  const { code, output, stdout } = await runCommand(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
  return stdout;
}
