/** How many tests of a step did what. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What a step tells when it has ended. */
export interface StepResult extends Counts {
  /** Shown in full when something failed. */
  output: string;
  /** Names of what was skipped: a skip is always said. */
  skippedNames?: string[];
}

/** One line of `npm test`. */
export interface Step {
  name: string;
  run(): Promise<StepResult>;
}
