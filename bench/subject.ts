import type { App } from './apps.ts';
import type { InstalledSize } from './installed-size.ts';
import type { Route } from './routes.ts';
import type { Variant } from './variants.ts';

/** An app with a variant, installed. */
export interface InstalledSubject {
  readonly app: App;
  readonly variant: Variant;
  /** Where its servers and packages are. */
  readonly folder: string;
  readonly size: InstalledSize;
}

/** One that was started once and delivers. */
export interface Subject extends InstalledSubject {
  /** What a request is worth when it is sampled. */
  readonly spansPerRequest: ReadonlyMap<Route, number>;
  /** Files that Node loads until it listens. */
  readonly filesLoaded: number;
}

/** A subject under one route and one sampling; the ratio is null for the variant without telemetry. */
export interface Case {
  readonly subject: Subject;
  readonly route: Route;
  readonly sampling: number | null;
}
