// npm run bench:metrics: what metrics cost a process. CPU time, medians; every variant in turns within one run.
import { context, metrics, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { collectMetrics, init } from '@org/otel-core';
import { median } from './median.ts';

const RECORDS = 20_000;
const ROUNDS = 60;
const SERIES = 5000;
const PORT = 9464;

Object.assign(process.env, {
  OTEL_TRACES_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_METRICS_EXPORTER: 'prometheus',
  OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
  OTEL_EXPORTER_PROMETHEUS_PORT: String(PORT),
});

const routes = Array.from({ length: 20 }, (_, n) => `/route/${n}`);
const figures = new Map<string, number[]>();

function note(name: string, figure: number): void {
  figures.set(name, [...(figures.get(name) ?? []), figure]);
}

/** Nanoseconds of CPU a call. */
function cost(calls: number, call: (n: number) => void): number {
  const before = process.cpuUsage();
  for (let n = 0; n < calls; n++) call(n);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / calls;
}

async function records(filter: string): Promise<void> {
  process.env['OTEL_METRICS_EXEMPLAR_FILTER'] = filter;
  const telemetry = init();
  const meter = metrics.getMeter('bench');
  const [histogram, counter] = [meter.createHistogram('histogram'), meter.createCounter('counter')];
  const inSpan = trace.setSpan(ROOT_CONTEXT, trace.getTracer('bench').startSpan('span'));
  const attributes = (n: number) => ({ method: 'GET', route: routes[n % 20], status: 200 });
  for (let n = 0; n < 5; n++) {
    context.with(inSpan, () => {
      const record = cost(RECORDS, (n) => histogram.record((n % 1000) / 7, attributes(n)));
      if (n > 0) note(`histogram, ${filter}, in a sampled span, ns`, record);
      const add = cost(RECORDS, (n) => counter.add(1, attributes(n)));
      if (n > 0) note(`counter, ${filter}, in a sampled span, ns`, add);
    });
  }
  await telemetry.shutdown();
}

/** Milliseconds of CPU, of the endpoint and of the one who asks. */
async function scrape(accept: string): Promise<number> {
  const before = process.cpuUsage();
  const answer = await fetch(`http://127.0.0.1:${PORT}/metrics`, { headers: { accept } });
  await answer.arrayBuffer();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** `SERIES` lines of counters and histograms: 100 counters of 25 series, 25 histograms of 6 series with 17 lines. */
async function scrapes(): Promise<void> {
  const telemetry = init();
  const meter = metrics.getMeter('bench');
  for (let n = 0; n < SERIES / 50; n++) {
    const counter = meter.createCounter(`counter.${n}`);
    for (let user = 0; user < 25; user++) counter.add(1, { user });
  }
  for (let n = 0; n < SERIES / 200; n++) {
    const histogram = meter.createHistogram(`histogram.${n}`);
    for (let user = 0; user < 6; user++) histogram.record(user, { user });
  }
  for (let n = 0; n < 30; n++) {
    const before = process.cpuUsage();
    await collectMetrics();
    const { user, system } = process.cpuUsage(before);
    note(`collect ${SERIES} lines, ms`, (user + system) / 1000);
    note(`scrape ${SERIES} lines, older text, ms`, await scrape('text/plain'));
    note(`scrape ${SERIES} lines, OpenMetrics, ms`, await scrape('application/openmetrics-text'));
  }
  const big = meter.createHistogram('limit');
  for (let user = 0; user < 200_000; user++) big.record(user % 9000, { user });
  for (let n = 0; n < 10; n++)
    note('scrape at the limit (2,000 histogram series), ms', await scrape('text/plain'));
  await telemetry.shutdown();
}

for (let round = 0; round < ROUNDS / 5; round++) {
  for (const filter of ['always_off', 'trace_based']) await records(filter);
}
await scrapes();
for (const [name, values] of figures) console.log(name.padEnd(60), median(values).toFixed(1));
