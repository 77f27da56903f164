import { channel } from 'node:diagnostics_channel';
import {
  context,
  defaultTextMapGetter,
  propagation,
  ROOT_CONTEXT,
  type Span,
  trace,
} from '@opentelemetry/api';
import { traceFormat } from '@org/otel-winston';
import { protobufSpans } from '../../packages/core/src/export/encode-spans.ts';
import { exemplarFilters } from '../../packages/core/src/metrics/exemplar-filter.ts';
import { HttpDurations } from '../../packages/core/src/metrics/http-durations.ts';
import { flatnessName, loadName } from './flatness-name.ts';
import type { Piece } from './piece.ts';
import { requests } from './requests.ts';

/** A span as the encoder takes it. */
export type FinishedSpan = Parameters<typeof protobufSpans>[0][number];

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const sampled = { traceparent };

/** What Node itself does for a request in these pieces. */
const nodesOwn = "Node's own part of a request";

/** How many routes there are and how many requests are open. */
const loads = [1, 1000].flatMap((routes) =>
  [10, 10_000].map((inFlight) => ({
    routes,
    inFlight,
    own: `${nodesOwn}, ${loadName(routes, inFlight)}`,
  })),
);

/** What Node itself does, also with many requests open; for before anything observes it. */
export function nodesOwnPieces(): Piece[] {
  return [
    { name: nodesOwn, run: requests({}).serve },
    ...loads.map(({ own, ...load }) => ({ name: own, run: requests(sampled, load).serve })),
  ];
}

/** The pieces, for after `init()`; `finished` has spans of sampled requests. Requests without a caller are not sampled. */
export function pieces(finished: readonly FinishedSpan[]): Piece[] {
  return [
    ...requestPieces(),
    ...contextPieces(),
    routeJoin(),
    ...durationPieces(),
    logStamp(),
    ...encodePieces(finished),
  ];
}

/** How a request's cost depends on the number of routes and of requests that are open. */
export function flatness(): Piece[] {
  return loads.map(({ own, ...load }) => ({
    name: flatnessName(load.routes, load.inFlight),
    run: requests(sampled, load).serve,
    over: own,
  }));
}

/** A request of a sampled caller. */
export const serveSampled = requests(sampled).serve;

function requestPieces(): Piece[] {
  const over = nodesOwn;
  return [
    { name: 'request, start to end, not sampled', run: requests({}).serve, over },
    { name: 'request, start to end, sampled', run: serveSampled, over },
  ];
}

function contextPieces(): Piece[] {
  const inSpan = trace.setSpan(ROOT_CONTEXT, sampledSpan());
  const work = () => {};
  return [
    {
      name: 'extraction of traceparent',
      run: () => propagation.extract(ROOT_CONTEXT, sampled, defaultTextMapGetter),
    },
    { name: 'context entry', run: () => context.with(inSpan, work) },
  ];
}

/** Of the channel of Express's router: a mount and a handler. */
function routeJoin(): Piece {
  const { request, response } = requests({}).start();
  Object.defineProperty(response, 'headersSent', { value: false }); // a route is taken before the answer
  const mounted = Object.assign(request, { baseUrl: '/api' });
  const layers = channel('tracing:express.router.request:start');
  const mount = { req: mounted, res: response, layer: {}, route: '/api' };
  const handler = { req: mounted, res: response, layer: { method: 'get' }, route: '/orders/:id' };
  return {
    name: 'route join of a mount and a handler',
    run() {
      layers.publish(mount);
      layers.publish(handler);
    },
  };
}

function durationPieces(): Piece[] {
  const served = {
    method: 'GET',
    scheme: 'http',
    route: '/orders/:id',
    status: 200,
    errorType: undefined,
    protocolVersion: '1.1',
  };
  const durations = new HttpDurations(exemplarFilters.trace_based);
  const [kept, dropped] = [sampledSpan(), unsampledSpan()];
  return [
    {
      name: 'duration record without exemplar',
      run: () => durations.recordServed(served, 0.012, dropped),
    },
    {
      name: 'duration record with exemplar',
      run: () => durations.recordServed(served, 0.012, kept),
    },
  ];
}

/** What traceFormat() adds to a winston line. */
function logStamp(): Piece {
  const format = traceFormat();
  const inSpan = trace.setSpan(ROOT_CONTEXT, sampledSpan());
  const stamp = () => format.transform({ level: 'info', message: 'paid', order: 7 }, {});
  return { name: 'log stamp', run: () => context.with(inSpan, stamp), over: 'context entry' };
}

function encodePieces(finished: readonly FinishedSpan[]): Piece[] {
  const one = finished.slice(0, 1);
  const batch = finished.slice(0, 512);
  if (batch.length < 512) throw new Error(`expected 512 finished spans, got ${batch.length}`);
  return [
    { name: 'span encode, alone', run: () => protobufSpans(one) },
    { name: 'span encode, batch of 512', run: () => protobufSpans(batch) },
  ];
}

function sampledSpan(): Span {
  const caller = propagation.extract(ROOT_CONTEXT, sampled, defaultTextMapGetter);
  return trace.getTracer('bench').startSpan('piece', {}, caller);
}

function unsampledSpan(): Span {
  return trace.getTracer('bench').startSpan('piece', {}, ROOT_CONTEXT);
}
