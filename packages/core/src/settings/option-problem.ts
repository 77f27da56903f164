/** What is wrong with a part of an option. */
export interface OptionProblem {
  readonly setting: string;
  readonly got: string;
  readonly expected: string;
}
