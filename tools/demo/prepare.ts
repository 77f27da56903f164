import { join } from 'node:path';
import { buildPackages } from '../build-packages.ts';
import { type FoundCollector, findCollector, pythonVenv } from '../cache.ts';
import { repository } from '../repository.ts';
import { buildApps } from './build-apps.ts';
import { choosePorts } from './choose-ports.ts';
import type { DemoOptions } from './demo-options.ts';

/** What the demo starts from, made ready once and kept between runs. */
export interface Prepared {
  /** The Python that has the requirements of api-python. */
  python: string;
  /** The real Collector, if one was asked for. */
  otelcol: FoundCollector | undefined;
}

/** Finds out what this machine lacks before it spends time on building. */
export async function prepare(
  options: DemoOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  await choosePorts(options); // chosen again at the start: building may take a while
  const otelcol = options.collector === 'otelcol' ? await findCollector(say) : undefined;
  const python = await pythonVenv(join(repository, 'apps/api-python/requirements.txt'), say);
  await buildPackages(say);
  await buildApps(say);
  signal.throwIfAborted();
  return { python, otelcol };
}
