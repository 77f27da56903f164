import type { DataPoint, TelemetryStore } from '@org/otel-testing';

/**
 * What a sum or histogram has counted in all: the last point of every series of every sender, added
 * up, so that one that is recorded or exported twice shows.
 */
export function lastCount(
  store: TelemetryStore,
  name: string,
  chosen: (point: DataPoint) => boolean = () => true,
): number {
  const last = new Map<string, number>();
  for (const metric of store.metrics().filter((each) => each.name === name)) {
    for (const point of metric.points.filter(chosen)) {
      const sender = [metric.service, point.startTime, JSON.stringify(point.attributes)];
      last.set(sender.join(' '), point.count ?? point.value ?? 0);
    }
  }
  return [...last.values()].reduce((sum, count) => sum + count, 0);
}
