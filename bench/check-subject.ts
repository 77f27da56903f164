import type { Laboratory } from './laboratory.ts';
import { exportDelay, startServerProcess } from './server-process.ts';
import type { Subject } from './subject.ts';
import { bare } from './variants.ts';

const requests = 20;

/**
 * Starts the subject with everything sampled and counts what a request is worth. Throws when a
 * variant with telemetry delivers no spans or no metrics: it would win by doing nothing.
 */
export async function checkSubject(
  subject: Omit<Subject, 'spansPerRequest'>,
  { cores, collector, load }: Laboratory,
): Promise<Subject> {
  const before = await collector.counts();
  const unchecked = { ...subject, spansPerRequest: 0 };
  const subjectCase = { subject: unchecked, sampling: 1 };
  const soon = { OTEL_METRIC_EXPORT_INTERVAL: '500', OTEL_METRIC_EXPORT_TIMEOUT: '500' };
  await using server = await startServerProcess(
    subjectCase,
    collector.url,
    cores.onServerCore,
    soon,
  );
  await load.send({ url: server.url, connections: 1, requests });
  if (subject.variant === bare) return unchecked;
  const after = await collector.quiet(exportDelay + 700);
  if (after.metricRequests === before.metricRequests) throw new Error('no metrics arrived');
  if (after.spans === before.spans) throw new Error('no spans arrived');
  return { ...subject, spansPerRequest: spansOf(after.spans - before.spans) };
}

/** What a process makes once at its start is no part of a request. */
function spansOf(spans: number): number {
  return Math.floor(spans / requests);
}
