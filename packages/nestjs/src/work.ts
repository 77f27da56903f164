/** What is done around a call: whatever the call returns, it is run, and then fails or ends, once. */
export interface Work {
  /** Whether it has failed or ended already. */
  readonly isOver: boolean;
  run<T>(work: () => T): T;
  fail(error: unknown): void;
  end(): void;
}
