import type { ExpectedTrace } from '@org/otel-testing';
import type { Framework } from './frameworks.ts';

/** The two requests that every application answers. */
export const requests = { order: '/api/acme/orders/42', hello: '/hello' } as const;

/** The tree of each request: nothing more and nothing less arrives. */
export interface ExpectedTraces {
  /** A route below two mounts, the outer of which has a parameter; it makes one outgoing call. */
  readonly order: ExpectedTrace;
  /** A route of the application itself. */
  readonly hello: ExpectedTrace;
}

type Spans = NonNullable<ExpectedTrace['spans']>;

/** What is the same in every cell of a row. */
export function expectedTraces({ tree }: Framework, upstream: string): ExpectedTraces {
  const call = client(upstream);
  if (tree === 'routes and controllers') {
    return {
      order: server('/api/:tenant/orders/:id', [controller('OrdersController.find', [call])]),
      hello: server('/hello', [controller('HelloController.live', [])]),
    };
  }
  const known = tree === 'routes' ? '/api/:tenant/orders/:id' : undefined;
  return { order: server(known, [call]), hello: server('/hello', []) };
}

function server(route: string | undefined, spans: Spans): ExpectedTrace {
  return {
    name: route ? `GET ${route}` : 'GET',
    service: 'matrix',
    kind: 'server',
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': route,
    },
    spans,
  };
}

function controller(name: string, spans: Spans): ExpectedTrace {
  return { name, kind: 'internal', attributes: { 'code.function.name': name }, spans };
}

function client(upstream: string): ExpectedTrace {
  return {
    name: 'GET',
    kind: 'client',
    attributes: { 'url.full': `${upstream}/`, 'http.response.status_code': 200 },
    spans: [],
  };
}
