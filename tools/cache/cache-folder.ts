import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder that keeps built things between runs and between checkouts: `ORG_OTEL_CACHE`, else
 * `$XDG_CACHE_HOME/otel-node`, else `~/.cache/otel-node`.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['ORG_OTEL_CACHE']) return resolve(env['ORG_OTEL_CACHE']);
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'otel-node');
}
