import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A package as the application has it installed, in the working directory or beside the program; undefined where it is not. */
export function fromApplication(name: string): Record<string, unknown> | undefined {
  for (const start of [join(process.cwd(), 'app.js'), process.argv[1]]) {
    if (!start) continue;
    try {
      return createRequire(start)(name) as Record<string, unknown>;
    } catch {
      // not installed there
    }
  }
  return undefined;
}
