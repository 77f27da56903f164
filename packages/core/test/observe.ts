import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { type InitOptions, init, type Telemetry } from '@org/otel-core';
import { type Collector, startCollector } from '@org/otel-testing/collector';

/** A collector and a running core that reports to it; both end with the scope. */
export interface Observed extends AsyncDisposable {
  readonly collector: Collector;
  readonly telemetry: Telemetry;
}

export async function observe(
  options: InitOptions = {},
  encoding: 'protobuf' | 'json' = 'protobuf',
): Promise<Observed> {
  const collector = await startCollector();
  const endpoint = collector.url;
  const telemetry = init({
    serviceName: 'shop',
    exporter: { otlpHttp: { endpoint, encoding } },
    ...options,
  });
  return {
    collector,
    telemetry,
    async [Symbol.asyncDispose]() {
      await telemetry.shutdown();
      await collector.close();
    },
  };
}

/** A server on a free port that ends with the scope. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly server: Server;
}

export async function serve(
  handler: RequestListener,
  options: ServerOptions = {},
): Promise<Served> {
  const server = createServer(options, handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A request from outside: it makes no client span of its own. */
export async function ask(
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string }> {
  return context.with(suppressTracing(ROOT_CONTEXT), async () => {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  });
}
