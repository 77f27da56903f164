import { orElse } from '../lifecycle/harmless.ts';
import { optionAt } from './option-at.ts';
import type { Kind, Setting } from './setting.ts';
import type { SettingProblem } from './setting-problem.ts';
import { shownValue } from './shown-value.ts';

/** A value, and what it came from: an option, a variable, or the default. */
export interface Found<T> {
  readonly value: T;
  readonly origin: string | undefined;
}

type Bad = Pick<SettingProblem, 'setting' | 'got'>;

/**
 * What was set, in the order it counts: options before variables, the specific before the general. As the
 * specification reads it: empty means unset, enums ignore case, a bad value is reported and skipped.
 */
export class Environment {
  readonly #variables: NodeJS.ProcessEnv;
  readonly #problems: SettingProblem[];
  readonly #options: readonly object[];

  /** With the layers of options, the strongest first. */
  constructor(variables: NodeJS.ProcessEnv, problems: SettingProblem[], ...options: object[]) {
    this.#variables = variables;
    this.#problems = problems;
    this.#options = options;
  }

  /** The value of a row of the table: of its options, else of its variables, else its default. */
  read<T>(row: Setting<T>): T {
    return this.find(row).value;
  }

  /** With the option or variable it came from; undefined for the default. */
  find<T>(row: Setting<T>): Found<T> {
    const bad: Bad[] = [];
    const given = this.#fromOptions(row, bad) ?? this.#fromVariables(row, bad);
    const found = given ?? { value: row.fallback, origin: undefined };
    const using = shownUse(row, found);
    for (const each of bad) this.#problems.push({ ...each, expected: row.kind.expected, using });
    return found;
  }

  /** The option at a dotted path, of the strongest layer that has it. */
  option(path: string): unknown {
    for (const layer of this.#options) {
      const found = optionAt(layer, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #fromOptions<T>(row: Setting<T>, bad: Bad[]): Found<T> | undefined {
    for (const layer of this.#options) {
      for (const origin of row.options) {
        const option = optionAt(layer, origin);
        if (option === undefined || option === '') continue;
        const value = orElse(
          () => row.kind.accept(option),
          () => undefined,
        );
        if (value !== undefined) return { value, origin };
        bad.push({ setting: origin, got: shown(row.kind, option) });
      }
    }
    return undefined;
  }

  #fromVariables<T>(row: Setting<T>, bad: Bad[]): Found<T> | undefined {
    for (const origin of row.variables) {
      const raw = this.#variables[origin]?.trim();
      if (!raw) continue;
      const value = row.kind.parse(raw);
      if (value !== undefined) return { value, origin };
      bad.push({ setting: origin, got: shown(row.kind, raw) });
      const rest = row.kind.salvage?.(raw);
      if (rest !== undefined) return { value: rest, origin };
    }
    return undefined;
  }

  /** The first of the named variables that holds a value: signal-specific before general. */
  text(...names: string[]): string | undefined {
    return this.#find(names)?.value;
  }

  /** A whole number of at least `least`. */
  count(names: string[], least: number, fallback: number): number {
    const expected = `a whole number of ${least} or more`;
    return this.#parsed(names, expected, fallback, (raw) => wholeNumber(raw, least)) ?? fallback;
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

function oneOf<T extends string>(raw: string, choices: readonly T[]): T | undefined {
  const wanted = raw.trim().toLowerCase();
  return choices.find((choice) => choice === wanted);
}

function shown<T>({ masked }: Kind<T>, value: unknown): string {
  const text = shownValue(value);
  return masked ? masked(text) : text;
}

/** The default may need words; a list is shown as it would be written. */
function shownUse<T>({ kind, byDefault }: Setting<T>, { value, origin }: Found<T>): string {
  if (origin === undefined && byDefault) return byDefault;
  if (value === undefined) return 'none';
  return shown(kind, Array.isArray(value) ? value.join(',') || 'none' : value);
}
