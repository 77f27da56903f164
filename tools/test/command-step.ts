import { runCommand } from '../run-command.ts';
import type { Step } from './step.ts';
import { stepLimit } from './step-limit.ts';

/** A step that is one test: the command must end with 0. */
export function commandStep(name: string, [command = '', ...args]: string[]): Step {
  return {
    name,
    async run() {
      const { code, output } = await runCommand(command, args, { timeout: stepLimit });
      const passed = code === 0 ? 1 : 0;
      return { passed, failed: 1 - passed, skipped: 0, output };
    },
  };
}
