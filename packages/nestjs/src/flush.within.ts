import type { Telemetry } from '@org/otel-core';

/** Flushes, and resolves when all is acknowledged or the milliseconds are over: a collector that is away must not hold a shutdown. */
export async function flushWithin(telemetry: Telemetry, milliseconds: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([telemetry.forceFlush(), late]);
  clearTimeout(timer);
}
