import { anywhere } from './cores.ts';
import type { Laboratory } from './laboratory.ts';
import type { Route } from './routes.ts';
import { exportDelay, startServerProcess } from './server-process.ts';
import type { InstalledSubject, Subject } from './subject.ts';
import { bare } from './variants.ts';

const requests = 20;
const metricInterval = 500;

/**
 * Starts the subject with everything sampled, counts the files it loads and what a request of each
 * route is worth. Throws when a variant with telemetry delivers no spans or no metrics: it would win
 * by doing nothing.
 */
export async function checkSubject(
  subject: InstalledSubject,
  routes: readonly Route[],
  laboratory: Laboratory,
): Promise<Subject> {
  await using receiver = await laboratory.collector.open();
  const options = { sampling: 1, metricInterval, countsFiles: true, onCore: anywhere };
  await using server = await startServerProcess(subject, receiver, laboratory, options);
  const { filesLoaded } = server;
  const spansPerRequest = new Map<Route, number>();
  for (const route of routes) {
    const before = await receiver.counts();
    await laboratory.load.send({ url: server.urlOf(route), connections: 1, requests });
    const after = await settle();
    if (subject.variant !== bare && after.spans === before.spans)
      throw new Error(`${route.title}: no spans arrived`);
    spansPerRequest.set(route, spansOf(after.spans - before.spans));
  }
  if (subject.variant !== bare && (await receiver.counts()).metricRequests === 0)
    throw new Error('no metrics arrived');
  return { ...subject, spansPerRequest, filesLoaded };

  function settle() {
    return subject.variant === bare
      ? receiver.counts()
      : receiver.quiet(exportDelay + metricInterval + 200);
  }
}

/** What a process makes once at its start is no part of a request. */
function spansOf(spans: number): number {
  return Math.floor(spans / requests);
}
