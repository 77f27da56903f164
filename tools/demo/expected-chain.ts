import type { Span } from '@org/otel-testing/collector';

/** A span of the chain: the only child of the one before it. */
export interface ExpectedSpan {
  service: string;
  kind: Span['kind'];
  /** Not given: any. */
  name?: string | RegExp;
  /** The service writes a log line in this span. */
  logs?: true;
}

/** The services of the chain, outermost first. */
export const services = ['gateway', 'api-node', 'api-python'];

/** The trace that one request for this path makes, from its root to its only leaf. */
export function expectedChain(path: string): ExpectedSpan[] {
  const server = `GET ${path}`;
  const innermost = path === '/something' ? 'GET /' : server;
  return [
    { service: 'gateway', kind: 'server', name: server, logs: true },
    { service: 'gateway', kind: 'client' },
    { service: 'api-node', kind: 'server', name: server },
    { service: 'api-node', kind: 'internal', name: /Controller\.\w+$/, logs: true },
    { service: 'api-node', kind: 'client' },
    { service: 'api-python', kind: 'server', name: innermost, logs: true },
  ];
}
