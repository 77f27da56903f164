import type { Cluster } from 'node:cluster';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { UNTRACED } from '../channels/untraced.ts';
import { reasonText } from '../lifecycle/harmless.ts';
import { nodeHttp } from '../lifecycle/node-http.ts';
import { warn } from '../lifecycle/warnings.ts';
import type { ResourceMetrics } from '../metrics/metric-model.ts';
import type { PrometheusSettings } from '../settings/settings.ts';
import { type ExpositionFormat, exposition } from './exposition.ts';
import { preferredFormat } from './preferred-format.ts';

/** Ports that workers of a cluster try, one after the other: each serves its own figures. */
const WORKER_PORTS = 64;

/** A socket that has not sent its request by then is closed. */
const REQUEST_MILLIS = 10_000;

const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

const silent = suppressTracing(ROOT_CONTEXT);

/** An endpoint that is open, or about to be. */
export interface PrometheusEndpoint {
  close(): void;
}

/**
 * Serves metrics to a scraper. Neither its port nor its sockets keep the process alive, its requests make no spans, and
 * a port that is taken is said on stderr: the application runs on without the endpoint.
 */
export function servePrometheus(
  settings: PrometheusSettings,
  collect: () => Promise<ResourceMetrics>,
): PrometheusEndpoint {
  const page = shared(collect);
  const server = nodeHttp().createServer(
    { requestTimeout: REQUEST_MILLIS, headersTimeout: REQUEST_MILLIS },
    (request, response) => context.with(silent, answer, undefined, request, response),
  );
  Object.assign(server, { [UNTRACED]: true });
  server.on('connection', (socket) => void socket.unref());

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const refusal = refusalOf(request, settings);
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end();
      return;
    }
    const format = preferredFormat(request.headers.accept);
    const text = page().then((metrics) => exposition(metrics, format));
    text.then(
      (written) => send(response, 200, CONTENT_TYPES[format], written),
      (reason) =>
        send(response, 500, CONTENT_TYPES.prometheus, `# metrics: ${reasonText(reason)}\n`),
    );
  }

  listen(server, settings);
  return {
    close() {
      server.removeAllListeners('error').on('error', () => {}); // no further port is tried
      server.once('listening', () => void server.close()); // it may still be looking up its host
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Scrapes at the same time share one collection. */
function shared(collect: () => Promise<ResourceMetrics>): () => Promise<ResourceMetrics> {
  let current: Promise<ResourceMetrics> | undefined;
  return () => {
    current ??= collect().finally(() => {
      current = undefined;
    });
    return current;
  };
}

function send(response: ServerResponse, status: number, contentType: string, text: string): void {
  const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { ...headers, vary: 'accept' }).end(text); // HEAD: Node leaves the body out
}

interface Refusal {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

function refusalOf(
  { headers, method, url = '' }: IncomingMessage,
  { path, bearerToken }: PrometheusSettings,
): Refusal | undefined {
  if (bearerToken && !isSame(headers.authorization, `Bearer ${bearerToken}`)) {
    return { status: 401, headers: { 'www-authenticate': 'Bearer' } };
  }
  if (url.split('?', 1)[0] !== path) return { status: 404 };
  if (method === 'GET' || method === 'HEAD') return undefined;
  return { status: 405, headers: { allow: 'GET, HEAD' } };
}

/** In a time that does not depend on where they differ. */
function isSame(given: string | undefined, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}

function listen(server: Server, { host, port, path }: PrometheusSettings): void {
  // Its types know the ESM form alone.
  const { isWorker } = process.getBuiltinModule('node:cluster') as unknown as Cluster;
  const last = isWorker && port !== 0 ? Math.min(port + WORKER_PORTS - 1, 65_535) : port;
  let current = port;
  server.on('listening', () => {
    const { port: open } = server.address() as AddressInfo;
    diag.info(`metrics are served at http://${host}:${open}${path}`);
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && current < last) tryPort(current + 1);
    else warn('prometheus', problemOf(error, host, port));
  });
  tryPort(port);

  /** `exclusive`: a worker's own socket, for the cluster would hand each scrape to another worker. */
  function tryPort(next: number): void {
    current = next;
    server.listen({ host, port: next, exclusive: true }).unref();
  }
}

function problemOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  const reason =
    error.code === 'EADDRINUSE'
      ? 'another process listens there'
      : `it cannot be listened on (${error.code ?? error.message})`;
  return `metrics cannot be scraped at ${host}:${port}: ${reason}; set OTEL_EXPORTER_PROMETHEUS_PORT or exporter.prometheus.port to a free port`;
}
