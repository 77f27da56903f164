import { join } from 'node:path';
import { findCollector, pythonVenv } from '../cache.ts';
import { repository } from '../repository.ts';
import type { ChainCollector } from './chain-collector.ts';
import { choosePorts } from './choose-ports.ts';
import type { DemoOptions } from './demo-options.ts';
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

/** Gets ready what is missing, then starts the collector, then the services. */
export async function startDemo(
  options: DemoOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Demo> {
  const ports = await choosePorts(options);
  const python = await pythonVenv(join(repository, 'apps/api-python/requirements.txt'), say);
  const found = options.collector === 'otelcol' ? await findCollector(say) : undefined;
  signal.throwIfAborted();
  await using starting = new AsyncDisposableStack();
  const collector = starting.use(
    found
      ? await startOtelcol(found, ports, signal)
      : await startEmbeddedCollector(ports['otlp-http']),
  );
  say(collector.description);
  const chain = starting.use(await startChain({ ports, python, collector, say, signal }));
  say(`gateway on ${chain.url}, then api-node, then api-python`);
  const running = starting.move();
  const end = () => running.disposeAsync();
  return { chain, collector, path: options.path, signal, [Symbol.asyncDispose]: end };
}
