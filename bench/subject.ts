import type { App } from './apps.ts';
import type { Variant } from './variants.ts';

/** An app with a variant, installed. */
export interface Subject {
  readonly app: App;
  readonly variant: Variant;
  /** Where its servers and packages are. */
  readonly folder: string;
  /** What a request is worth when it is sampled; from a check before the rounds. */
  readonly spansPerRequest: number;
}

/** A subject under one sampling; the ratio is null for the variant without telemetry. */
export interface Case {
  readonly subject: Subject;
  readonly sampling: number | null;
}
