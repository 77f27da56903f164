import type { Environment } from './environment.ts';
import type { BufferOption } from './options.ts';
import type { BufferSettings } from './settings.ts';

/**
 * What is kept while a receiver is away. 32 MiB hold a minute of 1,000 spans a second uncompressed
 * (docs/reliability.md); 300 s is the age at which the Collector's own exporters give up.
 */
export function readBuffer(env: Environment, option: BufferOption = {}): BufferSettings {
  const maxBytes = env.count(['OTEL_NODE_BUFFER_MAX_BYTES'], 1, 32 * 1024 * 1024);
  const maxAgeMillis = env.count(['OTEL_NODE_BUFFER_MAX_AGE'], 1, 300_000);
  return {
    maxBytes: checked(env, 'buffer.maxBytes', option.maxBytes, maxBytes),
    maxAgeMillis: checked(env, 'buffer.maxAgeMillis', option.maxAgeMillis, maxAgeMillis),
  };
}

function checked(
  env: Environment,
  name: string,
  value: number | undefined,
  fallback: number,
): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value >= 1) return value;
  env.report(name, String(value), 'a whole number of 1 or more', String(fallback));
  return fallback;
}
