/** One setting that could not be used as given: what it was, what was expected, what is used instead. */
export interface SettingProblem {
  readonly setting: string;
  readonly got: string;
  readonly expected: string;
  readonly using: string;
}

/** The sentence a user reads: `OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, got "abc"; using 1`. */
export function describeProblem({ setting, expected, got, using }: SettingProblem): string {
  return `${setting}: expected ${expected}, got "${got}"; using ${using}`;
}

/**
 * Thrown by `init({ strict: true })` when a setting cannot be used as given.
 * The message lists every such setting, one to a line.
 */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}
