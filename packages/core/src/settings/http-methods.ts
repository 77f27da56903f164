import type { Kind } from './setting.ts';

/** Names of HTTP methods, case-sensitive as HTTP has them. */
export const httpMethods: Kind<readonly string[]> = {
  expected: 'a list of HTTP methods',
  parse: (raw) => methodsOf(raw.split(',')),
  accept: (option) => (isTexts(option) ? methodsOf(option) : undefined),
};

/** RFC 9110, 9.1: a method is a token. */
function methodsOf(texts: readonly string[]): readonly string[] | undefined {
  const methods = texts.map((text) => text.trim()).filter((name) => name !== '');
  const areAll = methods.every((name) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name));
  return areAll && methods.length > 0 ? methods : undefined;
}

function isTexts(option: unknown): option is string[] {
  return Array.isArray(option) && option.every((text) => typeof text === 'string');
}
