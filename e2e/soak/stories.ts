import { type Cost, type Link, startLink } from '../delivery/link.ts';
import { type ReceiverProcess, startReceiver } from '../delivery/start-receiver.ts';
import type { Toxic } from '../delivery/start-toxiproxy.ts';
import { startCountingCollector } from './start-counting-collector.ts';
import type { Figures, Kit, Story } from './story.ts';

const MIB = 2 ** 20;

/** Milliseconds that the event loop may be later than before the fault. */
const LOOP_MARGIN = 5;

interface Fault {
  /** Lays it on; resolves with how to take it away. */
  begin(link: Link): Promise<() => Promise<void>>;
  readonly rate: number;
  readonly seconds: number;
  /** Seconds of the same load before it, for the level that its cost is counted from. Default: 20. */
  readonly calm?: number;
  readonly settings?: Record<string, string>;
  /** Seconds the rest may take. */
  readonly patience: number;
  readonly receiver?: () => Promise<ReceiverProcess>;
}

/** A level without the fault first, then the fault under the same load, then the rest. */
async function suffer(kit: Kit, fault: Fault): Promise<Figures> {
  const { settings = {}, receiver = startReceiver, calm: before = 20 } = fault;
  await using link = await startLink(kit.toxiproxy, { settings, sdk: kit.sdk, receiver });
  const calm = await link.load(fault.rate, before / kit.faster);
  const end = await fault.begin(link);
  const under = await link.load(fault.rate, fault.seconds / kit.faster);
  await end();
  const since = performance.now();
  const settled = await link.settled(fault.patience);
  return {
    made: settled.made,
    lost: settled.lost,
    counted: settled.counted,
    twice: settled.duplicates,
    ...costOf(calm, under),
    drained: (performance.now() - since) / 1000,
    said: settled.said,
  };
}

function costOf(calm: Cost, under: Cost) {
  return {
    peak: under.peakBytes / MIB,
    memory: (under.peakBytes - calm.peakBytes) / MIB,
    rss: (under.peakRss - calm.peakRss) / MIB,
    kept: (under.keptBytes - calm.keptBytes) / MIB,
    loopBefore: calm.loopP99,
    loop: under.loopP99,
  };
}

async function refuse({ proxy }: Link): Promise<() => Promise<void>> {
  await proxy.down();
  return () => proxy.up();
}

const nothing = async () => async () => {};

const poison = (toxic: Toxic) => (link: Link) => link.proxy.poison(toxic);

function noneLost({ lost, counted }: Figures): string[] {
  return lost === 0 ? [] : [`${lost} spans lost (${counted} counted), 0 allowed`];
}

function small({ peak }: Figures): string[] {
  return within('heap and external', peak, 100, 'MiB');
}

function calmLoop({ loop, loopBefore }: Figures): string[] {
  const over = loop - loopBefore;
  return over <= LOOP_MARGIN ? [] : [`event loop p99 ${over.toFixed(1)} ms later than before`];
}

function within(what: string, value: number, most: number, unit: string): string[] {
  return value <= most ? [] : [`${what} ${value.toFixed(1)} ${unit}, ${most} allowed`];
}

/** In the order of the page. */
export const stories: readonly Story[] = [
  {
    name: 'outage-60s',
    title: 'connections refused for 60 s, 1,000 spans/s',
    passes: '0 lost, memory ≤ +32 MiB, event loop p99 ≤ +5 ms, drained in 15 s',
    run: (kit) => suffer(kit, { begin: refuse, rate: 1000, seconds: 60, patience: 30 }),
    faults: (figures) => [
      ...noneLost(figures),
      ...within('memory', figures.memory, 32, 'MiB'),
      ...calmLoop(figures),
      ...within('drained in', figures.drained, 15, 's'),
    ],
  },
  {
    name: 'outage-10min',
    title: 'connections refused for 10 min, 1,000 spans/s',
    // V8 lets its young generation grow for minutes, fault or not: both levels are of ten minutes.
    passes:
      'RSS ≤ +64 MiB over ten minutes without, every loss counted, at most 1 warning a minute of a kind',
    run: (kit) => suffer(kit, { begin: refuse, rate: 1000, calm: 600, seconds: 600, patience: 60 }),
    faults: (figures) => [
      ...(figures.lost === figures.counted
        ? []
        : [`${figures.lost} lost, ${figures.counted} counted`]),
      ...within('RSS', figures.rss, 64, 'MiB'),
      ...within('warnings', figures.said, 26, 'lines'), // two kinds, once a minute, and the return
    ],
  },
  {
    name: 'blackhole-60s',
    title: 'connections taken and never answered for 60 s, 1,000 spans/s',
    passes: '0 lost',
    run: (kit) =>
      suffer(kit, {
        begin: poison({ type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } }),
        rate: 1000,
        seconds: 60,
        patience: 60,
      }),
    faults: noneLost,
  },
  {
    name: 'narrow-60s',
    title: '50 KB/s for 60 s, 1,000 spans/s, gzip',
    passes: '0 lost',
    run: (kit) =>
      suffer(kit, {
        begin: poison({ type: 'bandwidth', stream: 'upstream', attributes: { rate: 50 } }),
        settings: { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' },
        rate: 1000,
        seconds: 60,
        patience: 60,
      }),
    faults: noneLost,
  },
  {
    name: 'cut-60s',
    title: 'answers cut at 60 bytes for 60 s, 1,000 spans/s',
    passes: '0 lost',
    run: (kit) =>
      suffer(kit, {
        begin: poison({ type: 'limit_data', stream: 'downstream', attributes: { bytes: 60 } }),
        rate: 1000,
        seconds: 60,
        patience: 60,
      }),
    faults: noneLost,
  },
  {
    name: 'collector-10k',
    title: 'the real Collector, 10,000 spans/s for 60 s, by its own counters',
    passes: '0 lost, heap and external ≤ 100 MiB',
    run: (kit) =>
      suffer(kit, {
        begin: nothing,
        receiver: () => startCountingCollector(kit.collector),
        settings: { OTEL_BSP_MAX_QUEUE_SIZE: '2048' },
        rate: 10_000,
        seconds: 60,
        patience: 30,
      }),
    faults: (figures) => [...noneLost(figures), ...small(figures)],
  },
  {
    name: 'steady-1h',
    title: 'no fault for 1 h, 1,000 spans/s',
    passes: '0 lost, ≤ 1 MiB more in the heap after garbage collection',
    run: (kit) => suffer(kit, { begin: nothing, rate: 1000, seconds: 3600, patience: 30 }),
    faults: (figures) => [...noneLost(figures), ...within('kept', figures.kept, 1, 'MiB')],
  },
];
