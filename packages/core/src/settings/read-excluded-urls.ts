import type { Environment } from './environment.ts';

const VARIABLE = 'OTEL_NODE_EXCLUDED_URLS';

/** The patterns as one; undefined where nothing is excluded. One that is no pattern is reported and left out. */
export function readExcludedUrls(
  env: Environment,
  option: readonly (string | RegExp)[] | undefined,
): RegExp | undefined {
  const name = option === undefined ? VARIABLE : 'excludedUrls';
  const given: readonly unknown[] = option ?? env.text(VARIABLE)?.split(',') ?? [];
  if (!Array.isArray(given)) {
    env.report(name, typeof given, 'an array of patterns', 'none');
    return undefined;
  }
  const sources = given.flatMap((each) => sourceOf(env, name, each));
  return sources.length > 0 ? new RegExp(sources.join('|')) : undefined;
}

/** Flags are left behind, except that case is ignored: an expression that remembers where it was would skip requests. */
function sourceOf(env: Environment, name: string, given: unknown): string[] {
  const isPattern = given instanceof RegExp;
  const source = isPattern ? given.source : String(given).trim();
  if (source === '') return [];
  try {
    new RegExp(source);
  } catch {
    env.report(name, source, 'a regular expression', 'the others');
    return [];
  }
  return [isPattern && given.ignoreCase ? `(?i:${source})` : `(?:${source})`];
}
