import { MissingPart } from './missing-part.ts';

/**
 * What the machine has, or undefined with a line on stderr when it lacks it: a test may skip then.
 * With CI=true it throws: there a missing part is a failure.
 */
export async function optionalPart<T>(part: Promise<T>): Promise<T | undefined> {
  try {
    return await part;
  } catch (error) {
    if (!(error instanceof MissingPart) || process.env['CI'] === 'true') throw error;
    process.stderr.write(`skipped: ${error.message}\n`);
    return undefined;
  }
}
