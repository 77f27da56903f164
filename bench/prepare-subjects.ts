import type { Progress } from '../tools/progress-step.ts';
import type { App } from './apps.ts';
import { checkSubject } from './check-subject.ts';
import { installApp } from './install-app.ts';
import type { Laboratory } from './laboratory.ts';
import type { Series } from './series.ts';
import type { InstalledSubject, Subject } from './subject.ts';
import type { Variant } from './variants.ts';

/** What can be measured, and what cannot and why. */
export interface PreparedSubjects {
  readonly subjects: readonly Subject[];
  readonly failures: readonly Failure[];
}

/** A variant that does not install, start or deliver for an app. */
export interface Failure {
  readonly app: App;
  readonly variant: Variant;
  readonly reason: string;
}

/** Installs and checks every variant of every app. One that fails is told and left out; the others go on. */
export async function prepareSubjects(
  series: readonly Series[],
  laboratory: Laboratory,
  progress: Progress,
): Promise<PreparedSubjects> {
  const subjects: Subject[] = [];
  const failures: Failure[] = [];
  for (const [app, ofApp] of Map.groupBy(series, (each) => each.app)) {
    progress(`Preparing ${app.title}`);
    const variants = [...new Set(ofApp.flatMap((each) => each.variants))];
    const routes = [...new Set(ofApp.map(({ route }) => route))];
    const usable = routes.filter((route) => laboratory.redis || !route.needsRedis);
    const installed: InstalledSubject[] = [];
    for (const variant of variants) {
      const install = () => installApp(app, variant, laboratory.folder);
      installed.push(...(await unlessItFails(app, variant, install)));
    }
    const checks = installed.map((each) =>
      unlessItFails(app, each.variant, () => checkSubject(each, usable, laboratory)),
    );
    subjects.push(...(await Promise.all(checks)).flat());
  }
  return { subjects, failures };

  async function unlessItFails<T>(
    app: App,
    variant: Variant,
    work: () => Promise<T>,
  ): Promise<T[]> {
    try {
      return [await work()];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      progress(`${app.title}, ${variant.title}: left out: ${reason}`);
      failures.push({ app, variant, reason });
      return [];
    }
  }
}
