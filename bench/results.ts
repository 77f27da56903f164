import type { MicroResult } from './micro/measure-micro.ts';
import type { OwnSize } from './own-sizes.ts';
import type { Failure } from './prepare-subjects.ts';
import type { RunDescription } from './run-description.ts';
import type { Row } from './summarise.ts';

/** Everything a run has found. */
export interface Results {
  readonly rows: readonly Row[];
  readonly micro: readonly MicroResult[];
  readonly sizes: readonly OwnSize[];
  readonly failures: readonly Failure[];
  readonly run: RunDescription;
}
