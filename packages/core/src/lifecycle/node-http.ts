/**
 * node:http without `import`, which makes Node read every export: `WebSocket` among them loads undici, node:http2 and
 * node:tls, some 40 ms of a start. A function, because the oldest runtimes that are told to go have no `getBuiltinModule`.
 */
export function nodeHttp(): typeof import('node:http') {
  return process.getBuiltinModule('node:http');
}
