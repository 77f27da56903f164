import type { SettingProblem } from './setting-problem.ts';

/** The environment as the specification reads it: empty means unset, enums ignore case, a bad value is reported and skipped. */
export class Environment {
  readonly #variables: NodeJS.ProcessEnv;
  readonly #problems: SettingProblem[];

  constructor(variables: NodeJS.ProcessEnv, problems: SettingProblem[]) {
    this.#variables = variables;
    this.#problems = problems;
  }

  /** The first of the named variables that holds a value: signal-specific before general. */
  text(...names: string[]): string | undefined {
    return this.#find(names)?.value;
  }

  flag(name: string): boolean {
    return this.text(name)?.toLowerCase() === 'true';
  }

  /** A whole number of at least `least`. */
  count(names: string[], least: number, fallback: number): number {
    const expected = `a whole number of ${least} or more`;
    return this.#parsed(names, expected, fallback, (raw) => wholeNumber(raw, least)) ?? fallback;
  }

  /** A number from 0 to 1. */
  ratio(name: string, fallback: number): number {
    return this.#parsed([name], 'a number from 0 to 1', fallback, ratioFrom) ?? fallback;
  }

  choice<T extends string>(names: string[], choices: readonly T[], fallback: T): T {
    const expected = `one of ${choices.join(', ')}`;
    return this.#parsed(names, expected, fallback, (raw) => oneOf(raw, choices)) ?? fallback;
  }

  choices<T extends string>(name: string, known: readonly T[], fallback: readonly T[]): T[] {
    const found = this.#find([name]);
    if (!found) return [...fallback];
    const wanted = found.value.split(',').flatMap((part) => part.trim() || []);
    const good = wanted.flatMap((part) => oneOf(part, known) ?? []);
    if (good.length < wanted.length) {
      const using = good.length > 0 ? good.join(',') : fallback.join(',');
      this.#report(found, `a list of ${known.join(', ')}`, using);
    }
    return good.length > 0 ? [...new Set(good)] : [...fallback];
  }

  /** `key=value` pairs, percent-encoded, as in OTEL_RESOURCE_ATTRIBUTES and OTEL_EXPORTER_OTLP_HEADERS. */
  pairs(...names: string[]): Record<string, string> {
    const found = this.#find(names);
    if (!found) return {};
    const pairs = pairsFrom(found.value);
    if (!pairs) {
      this.#problems.push({
        setting: found.name,
        expected: 'key=value pairs, percent-encoded and separated by commas',
        got: '***',
        using: 'no pairs',
      });
    }
    return pairs ?? {};
  }

  report(setting: string, got: string, expected: string, using: string): void {
    this.#problems.push({ setting, got, expected, using });
  }

  #parsed<T>(
    names: string[],
    expected: string,
    fallback: unknown,
    parse: (raw: string) => T | undefined,
  ): T | undefined {
    const found = this.#find(names);
    if (!found) return undefined;
    const value = parse(found.value);
    if (value === undefined) this.#report(found, expected, String(fallback));
    return value;
  }

  #find(names: string[]): { name: string; value: string } | undefined {
    for (const name of names) {
      const value = this.#variables[name]?.trim();
      if (value) return { name, value };
    }
    return undefined;
  }

  #report(found: { name: string; value: string }, expected: string, using: string): void {
    this.#problems.push({ setting: found.name, got: found.value, expected, using });
  }
}

function wholeNumber(raw: string, least: number): number | undefined {
  const value = Number(raw);
  return Number.isSafeInteger(value) && value >= least ? value : undefined;
}

function ratioFrom(raw: string): number | undefined {
  const value = Number(raw);
  return value >= 0 && value <= 1 ? value : undefined;
}

function oneOf<T extends string>(raw: string, choices: readonly T[]): T | undefined {
  const wanted = raw.trim().toLowerCase();
  return choices.find((choice) => choice === wanted);
}

function pairsFrom(raw: string): Record<string, string> | undefined {
  const pairs: Record<string, string> = {};
  for (const part of raw.split(',')) {
    if (part.trim() === '') continue;
    const split = part.indexOf('=');
    if (split < 1) return undefined;
    try {
      pairs[decodeURIComponent(part.slice(0, split).trim())] = decodeURIComponent(
        part.slice(split + 1).trim(),
      );
    } catch {
      return undefined;
    }
  }
  return pairs;
}
