import { nodeHttp } from '../lifecycle/node-http.ts';

/** The module that sends there. TLS takes 10 ms to load, and most collectors are a sidecar without it. */
export function clientOf(url: URL): typeof import('node:http') | typeof import('node:https') {
  return url.protocol === 'https:' ? process.getBuiltinModule('node:https') : nodeHttp();
}
