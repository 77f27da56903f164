import type { Environment } from './environment.ts';
import { bufferRows } from './rows-buffer.ts';
import type { BufferSettings } from './settings.ts';

/** What is kept while a receiver is away. */
export function readBuffer(env: Environment): BufferSettings {
  return {
    maxBytes: env.read(bufferRows.maxBytes),
    maxAgeMillis: env.read(bufferRows.maxAgeMillis),
  };
}
