import type { Environment } from './environment.ts';
import { isLoopback } from './is-loopback.ts';
import { wayRows } from './rows-way.ts';
import type { ProxySettings } from './settings.ts';

/** The proxy on the way to a receiver, as node:http takes it; undefined where it is asked directly. */
export function readProxy(env: Environment, receiver: string): ProxySettings | undefined {
  const url = new URL(receiver);
  const row = url.protocol === 'https:' ? wayRows.httpsProxy : wayRows.httpProxy;
  const { value: proxy, origin } = env.find(row);
  if (!proxy || !origin || isLoopback(url)) return undefined;
  if (!knowsProxies()) {
    const expected = 'Node.js 22.21 or 24.5 for a proxy';
    env.report(origin, process.version, expected, 'no proxy: telemetry is sent directly');
    return undefined;
  }
  const noProxy = env.read(wayRows.noProxy);
  return { [origin.toUpperCase()]: proxy, ...(noProxy ? { NO_PROXY: noProxy } : {}) };
}

function knowsProxies(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major === 22) return minor >= 21;
  return major > 24 || (major === 24 && minor >= 5);
}
