import type { Kind } from './setting.ts';

/** What is opted into of the semantic conventions: a domain, alone or with `/dup`. Those of other domains are for other instrumentations. */
export const semconvOptIns: Kind<readonly string[]> = {
  expected: 'a list of domains such as http, each alone or with /dup',
  parse: (raw) => optInsOf(raw.split(',')),
  accept: (option) => (isTexts(option) ? optInsOf(option) : undefined),
};

function optInsOf(texts: readonly string[]): readonly string[] | undefined {
  const names = texts.map((text) => text.trim().toLowerCase()).filter((name) => name !== '');
  return names.every((name) => /^[a-z][a-z_]*(\/dup)?$/.test(name)) ? names : undefined;
}

function isTexts(option: unknown): option is string[] {
  return Array.isArray(option) && option.every((text) => typeof text === 'string');
}
