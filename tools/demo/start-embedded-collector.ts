import { startCollector } from '@org/otel-testing/collector';
import type { ChainCollector } from './chain-collector.ts';
import { logFromLine } from './log-from-line.ts';

/**
 * The collector of `@org/otel-testing`, inside this process. Traces and metrics come over OTLP/HTTP; the log lines
 * are what the services write on stdout, which is what a collector's agent would read.
 */
export async function startEmbeddedCollector(port: number): Promise<ChainCollector> {
  const { store, url, clear, close } = await startCollector({ port });
  return {
    description: `embedded collector on ${url}`,
    store,
    environment: () => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    }),
    onServiceLine(service, line) {
      const log = logFromLine(service, line);
      if (log) store.add({ spans: [], metrics: [], logs: [log] });
    },
    clear,
    stop: close,
    [Symbol.asyncDispose]: close,
  };
}
