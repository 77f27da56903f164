import type { ChainCollector } from './chain-collector.ts';
import { choosePorts } from './choose-ports.ts';
import type { DemoOptions } from './demo-options.ts';
import type { Prepared } from './prepare.ts';
import { type Chain, startChain } from './start-chain.ts';
import { startEmbeddedCollector } from './start-embedded-collector.ts';
import { startOtelcol } from './start-otelcol.ts';

/** Three services and a collector, running. Disposing of it ends them all. */
export interface Demo extends AsyncDisposable {
  chain: Chain;
  collector: ChainCollector;
  path: string;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** Starts the collector, then the services. */
export async function startDemo(
  options: DemoOptions,
  { python, otelcol }: Prepared,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Demo> {
  const ports = await choosePorts(options);
  await using starting = new AsyncDisposableStack();
  const collector = starting.use(
    otelcol
      ? await startOtelcol(otelcol, ports, signal)
      : await startEmbeddedCollector(ports['otlp-http']),
  );
  say(collector.description);
  const chain = starting.use(await startChain({ ports, python, collector, say, signal }));
  say(`gateway on ${chain.url}, then api-node, then api-python`);
  const running = starting.move();
  const end = () => running.disposeAsync();
  return { chain, collector, path: options.path, signal, [Symbol.asyncDispose]: end };
}
