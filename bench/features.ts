// What each feature costs: microseconds of the server's CPU a request, all servers side by side in one run.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { buildPackages } from '../tools/build-packages.ts';
import { progressOnStderr } from '../tools/progress-step.ts';
import { findCores } from './cores.ts';
import { features } from './features-list.ts';
import { type HelperProcess, startHelper } from './helper-process.ts';
import { startLoadProcess } from './load-process.ts';
import { renderText } from './render-table.ts';
import type { Usage } from './server-process.ts';
import { undisturbed } from './undisturbed.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS']) || 9;
const REQUESTS = 4000;

await buildPackages();
// Takes everything and keeps nothing: what is measured is the sender.
const receiver = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200).end());
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const { port } = receiver.address() as AddressInfo;
const cores = await findCores();
await using generator = startLoadProcess(cores.onLoadCore);
await using servers = new AsyncDisposableStack();

const started = await Promise.all(
  features.map(async (feature) => {
    const file = fileURLToPath(new URL(`./servers/features-${feature.app}.mjs`, import.meta.url));
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_BSP_MAX_QUEUE_SIZE: '100000',
      BENCH_FEATURE: JSON.stringify(feature),
      ...feature.environment,
    };
    const server = servers.use(startHelper(cores.onServerCore([process.execPath, file]), { env }));
    const listening = (await server.next()) as { port: number };
    const url = `http://127.0.0.1:${listening.port}/hello/world`;
    return { feature, server, url, micros: [] as number[] };
  }),
);

for (const { url } of started) await load(url, REQUESTS * 2);
for (let round = 0; round < ROUNDS; round += 1) {
  progressOnStderr(`Round ${round + 1} of ${ROUNDS}`);
  for (const each of round % 2 === 0 ? started : started.toReversed()) {
    each.micros.push(await measure(each.url, each.server));
  }
}
const result = started.map(({ feature, micros }) => ({ feature, micros: undisturbed(micros) }));
console.log(
  renderText({ head: ['server', 'CPU µs/request', 'over', 'µs'], lines: result.map(lineOf) }),
);
receiver.closeAllConnections();
receiver.close();

async function load(url: string, amount: number): Promise<void> {
  await generator.send({ url, connections: 32, requests: amount });
}

async function measure(url: string, server: HelperProcess): Promise<number> {
  const before = (await server.ask({})) as Usage;
  await load(url, REQUESTS);
  const after = (await server.ask({})) as Usage;
  return (after.cpuMicros - before.cpuMicros) / REQUESTS;
}

/** The cost of a feature is what it takes over the server that lacks only it. */
function lineOf({ feature, micros }: (typeof result)[number]): string[] {
  const below = result.find((other) => other.feature.name === feature.over);
  const cost = below ? (micros - below.micros).toFixed(1) : '';
  return [feature.name, micros.toFixed(1), feature.over ?? '', cost];
}
