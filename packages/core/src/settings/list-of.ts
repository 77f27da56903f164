import type { Kind } from './setting.ts';

/** Names out of a few, in any case, each once. Of a text with others among them, the good ones are used. */
export function listOf<T extends string>(known: readonly T[]): Kind<readonly T[]> {
  const find = (raw: string) => known.find((name) => name === raw.trim().toLowerCase());
  const good = (names: string[]) => [...new Set(names.flatMap((name) => find(name) ?? []))];
  const all = (names: string[]) => (names.every(find) ? good(names) : undefined);
  return {
    expected: `a list of ${known.join(', ')}`,
    parse: (raw) => (namesIn(raw).length > 0 ? all(namesIn(raw)) : undefined),
    salvage: (raw) => (good(namesIn(raw)).length > 0 ? good(namesIn(raw)) : undefined),
    accept: (option) => (isTexts(option) ? all(option) : undefined),
  };
}

function namesIn(raw: string): string[] {
  return raw.split(',').flatMap((part) => part.trim() || []);
}

function isTexts(option: unknown): option is string[] {
  return Array.isArray(option) && option.every((name) => typeof name === 'string');
}
