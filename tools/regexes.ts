// Checks that no regular expression of the packages takes more than linear time, whatever it is fed.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cachedNpmProject } from './cache.ts';
import { expressionsOf } from './regexes/expressions-of.ts';
import { repository } from './repository.ts';

interface Options {
  /** Milliseconds for one expression. */
  readonly timeout: number;
  readonly randomSeed: number;
}

interface Verdict {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity?: { readonly summary: string };
  readonly attack?: { readonly pattern: string };
  readonly error?: { readonly kind: string };
}

const folder = await cachedNpmProject({ name: 'recheck', dependencies: { recheck: '4.5.0' } });
process.env['RECHECK_SYNC_BACKEND'] = 'pure';
const { checkSync } = createRequire(join(folder, 'package.json'))('recheck') as {
  checkSync(source: string, flags: string, options: Options): Verdict;
};

const expressions = await expressionsOf(join(repository, 'packages'));
let found = 0;
for (const { source, flags, place } of expressions) {
  const { status, complexity, attack, error } = checkSync(source, flags, {
    timeout: 120_000,
    randomSeed: 1,
  });
  if (status === 'safe') continue;
  found += 1;
  const reason = complexity?.summary ?? error?.kind ?? 'no reason given';
  console.log(`${place}: /${source}/${flags} is ${status}: ${reason} ${attack?.pattern ?? ''}`);
}
console.log(`${expressions.length} regular expressions, ${found} dangerous`);
if (found > 0 || expressions.length === 0) process.exitCode = 1;
