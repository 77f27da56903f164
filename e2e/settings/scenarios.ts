import { join } from 'node:path';
import type { Metric, ReceivedRequest, Signal } from '@org/otel-testing';
import { expect } from 'vitest';
import { repository } from '../../tools/repository.ts';
import { freePort } from '../support/free-port.ts';
import type { Receivers, Scenario, Seen } from './scenario.ts';
import { tlsFile } from './start-tls-front.ts';

const signals: readonly Signal[] = ['traces', 'metrics', 'logs'];

const work = ({ collector }: Seen) => collector.store.spans().find(({ name }) => name === 'work');
const said = ({ collector }: Seen) => collector.store.logs().find(({ body }) => body === 'said');
const metric = ({ collector }: Seen, name: string): Metric | undefined =>
  collector.store.metrics().findLast((each) => each.name === name);
const requests = ({ collector }: Seen, signal: Signal): ReceivedRequest[] =>
  collector.requests.filter((request) => request.signal === signal);
const count = (values: object | undefined) => Object.keys(values ?? {}).length;

/** A row for each signal: `OTEL_EXPORTER_OTLP_TRACES_…` and so on. */
function bySignal(name: string, look: (seen: Seen, signal: Signal) => unknown): Scenario['rows'] {
  return Object.fromEntries(
    signals.map((signal) => [variable(signal, name), (seen: Seen) => look(seen, signal)]),
  );
}

function variable(signal: Signal, name: string): string {
  return `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`;
}

/** The same value, or another one, for each signal. */
function eachSignal(name: string, value: (signal: Signal) => string): Record<string, string> {
  return Object.fromEntries(signals.map((signal) => [variable(signal, name), value(signal)]));
}

function everySignal(look: (seen: Seen, signal: Signal) => unknown) {
  return (seen: Seen) => {
    for (const signal of signals) look(seen, signal);
  };
}

function arrived(seen: Seen, signal: Signal): void {
  expect(requests(seen, signal)).not.toEqual([]);
}

/** No answer to the first request of each signal, so that the timeout of its attempt is heard of. */
function withholdFirst({ collector, second, third }: Receivers): void {
  for (const receiver of [collector, second, third]) {
    const asked = new Set<Signal>();
    receiver.respondWith(({ signal }) => {
      if (asked.has(signal)) return undefined;
      asked.add(signal);
      return new Promise(() => {});
    });
  }
}

/** Until every signal has been asked for twice, wherever it goes. */
async function untilAskedTwice({ collector, second, third }: Seen): Promise<void> {
  const all = () => [...collector.requests, ...second.requests, ...third.requests];
  const twice = () =>
    signals.every((each) => all().filter(({ signal }) => signal === each).length >= 2);
  await Promise.race(
    [collector, second, third].map(({ store }) =>
      store.waitFor(twice, { timeout: 60_000, what: 'a second request of each signal' }),
    ),
  );
}

/** Each signal to a receiver of its own, whose sentence on stderr can be told from the others'. */
function apart({ collector, second, third }: Receivers): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${second.url}/v1/metrics`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${third.url}/v1/logs`,
    OTEL_BSP_SCHEDULE_DELAY: '10',
    OTEL_BLRP_SCHEDULE_DELAY: '10',
    OTEL_METRIC_EXPORT_INTERVAL: '500',
  };
}

function noAnswerWithin(receiver: 'collector' | 'second' | 'third', milliseconds: number) {
  return (seen: Seen) =>
    expect(seen.stderr).toContain(`to ${seen[receiver].url}: no answer within ${milliseconds} ms`);
}

/** What the Prometheus endpoint of a scenario showed, by the collector of the scenario. */
const served = new Map<string, { readonly url: string; readonly page: string }>();

function page({ collector }: Seen): { readonly url: string; readonly page: string } {
  return served.get(collector.url) ?? { url: 'http://nowhere', page: '' };
}

/** What e2e/fixtures/settings/otel.yaml says, and that no variable counts beside it. */
function followsFile(seen: Seen): void {
  const span = work(seen);
  expect(span?.service).toBe('shop');
  expect(span?.resource.attributes).toMatchObject({ teams: ['a', 'b'], place: 'here' });
  expect([count(span?.attributes), span?.events.length]).toEqual([3, 2]);
  const { headers } = requests(seen, 'traces')[0] ?? {};
  expect(headers).toMatchObject({ 'x-key': 'open sesame', 'content-encoding': 'gzip' });
  expect(requests(seen, 'metrics')[0]?.encoding).toBe('json');
  expect(metric(seen, 'jobs')?.temporality).toBe('delta');
  expect(requests(seen, 'logs')).toEqual([]);
  expect(seen.second.requests).toEqual([]);
  expect(seen.stdout).toContain("name: 'work'");
  expect(seen.stderr).toContain(
    'using nothing of /resource/schema_url, /meter_provider/views/0/selector/instrument_name, /meter_provider/views/0/stream/name\n',
  );
}

/** What e2e/fixtures/settings/rules.yaml says: rules, B3, one detector, captured headers, and what has no place in the schema. */
function followsRules(seen: Seen): void {
  const spans = seen.collector.store.spans();
  expect(spans.map(({ kind }) => kind).sort()).toEqual(['client', 'server']);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const server = spans.find(({ kind }) => kind === 'server');
  expect(server?.attributes['http.request.header.x-b3-sampled']).toEqual(['REDACTED']);
  expect(server?.attributes).not.toHaveProperty(['http.request.header.traceparent']);
  expect(server?.resource.attributes).toHaveProperty(['process.pid']);
  expect(server?.resource.attributes).not.toHaveProperty(['host.name']);
  expect(seen.stderr).toBe('');
}

function configured(variable: string, file = 'otel.yaml') {
  return ({ collector, second }: Receivers) => ({
    [variable]: join(repository, 'e2e/fixtures/settings', file),
    COLLECTOR: collector.url,
    KEY: 'open sesame',
    OTEL_SERVICE_NAME: 'ignored',
    OTEL_TRACES_SAMPLER: 'always_off',
    OTEL_EXPORTER_OTLP_ENDPOINT: second.url,
  });
}

/** One process each; a variable's row says how its effect is seen. */
export const scenarios: readonly Scenario[] = [
  {
    title: 'who and how much',
    env: () => ({
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,team=a%2Cb',
      OTEL_LOG_LEVEL: 'Info',
      OTEL_PROPAGATORS: 'none',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '7',
      OTEL_ATTRIBUTE_COUNT_LIMIT: '3',
      OTEL_EXPORTER_ZIPKIN_ENDPOINT: 'http://localhost:9411',
      OTEL_EXPORTER_ZIPKIN_TIMEOUT: '5',
      OTEL_ENTITIES: 'service{service.name=x}',
    }),
    rows: {
      OTEL_SERVICE_NAME: (seen) => expect(work(seen)?.service).toBe('shop'),
      OTEL_RESOURCE_ATTRIBUTES: (seen) =>
        expect(work(seen)?.resource.attributes['team']).toBe('a,b'),
      OTEL_LOG_LEVEL: ({ stderr }) => expect(stderr).toContain('the application says so'),
      OTEL_PROPAGATORS({ collector }) {
        const kinds = collector.store.spans().filter(({ kind }) => kind !== 'internal');
        expect(kinds.map(({ kind }) => kind).sort()).toEqual(['client', 'server']);
        expect(new Set(kinds.map(({ traceId }) => traceId)).size).toBe(2);
      },
      OTEL_EXPORTER_OTLP_HEADERS: everySignal((seen, signal) =>
        expect(requests(seen, signal)[0]?.headers['x-key']).toBe('a b'),
      ),
      OTEL_EXPORTER_OTLP_COMPRESSION: everySignal((seen, signal) =>
        expect(requests(seen, signal)[0]?.headers['content-encoding']).toBe('gzip'),
      ),
      OTEL_EXPORTER_OTLP_PROTOCOL: everySignal((seen, signal) =>
        expect(requests(seen, signal)[0]?.encoding).toBe('json'),
      ),
      OTEL_EXPORTER_OTLP_ENDPOINT: everySignal(arrived),
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT(seen) {
        expect(work(seen)?.attributes['attribute.0']).toBe('x'.repeat(7));
        expect(said(seen)?.attributes['attribute.0']).toBe('x'.repeat(7));
      },
      OTEL_ATTRIBUTE_COUNT_LIMIT(seen) {
        expect(work(seen)).toMatchObject({ droppedAttributes: 2 });
        expect(count(work(seen)?.attributes)).toBe(3);
        expect(count(said(seen)?.attributes)).toBe(3);
      },
      OTEL_EXPORTER_ZIPKIN_ENDPOINT: ({ stderr }) =>
        expect(stderr).toContain('OTEL_EXPORTER_ZIPKIN_ENDPOINT: expected it not to be set'),
      OTEL_EXPORTER_ZIPKIN_TIMEOUT: ({ stderr }) =>
        expect(stderr).toContain('OTEL_EXPORTER_ZIPKIN_TIMEOUT: expected it not to be set'),
      OTEL_ENTITIES: ({ stderr }) =>
        expect(stderr).toContain('OTEL_ENTITIES: expected it not to be set'),
    },
  },
  {
    title: 'limits of spans and log records, before the general ones',
    env: () => ({
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '7',
      OTEL_ATTRIBUTE_COUNT_LIMIT: '3',
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '0',
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '4',
      OTEL_SPAN_EVENT_COUNT_LIMIT: '2',
      OTEL_SPAN_LINK_COUNT_LIMIT: '1',
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '2',
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: '1',
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: '9',
      OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: '0',
    }),
    rows: {
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: (seen) =>
        expect(work(seen)?.attributes['attribute.0']).toBe(''),
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: (seen) => expect(count(work(seen)?.attributes)).toBe(4),
      OTEL_SPAN_EVENT_COUNT_LIMIT(seen) {
        expect(work(seen)?.events).toHaveLength(2);
        expect(work(seen)?.droppedEvents).toBe(3);
      },
      OTEL_SPAN_LINK_COUNT_LIMIT(seen) {
        expect(work(seen)?.links).toHaveLength(1);
        expect(work(seen)?.droppedLinks).toBe(4);
      },
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: (seen) =>
        expect(count(work(seen)?.events[0]?.attributes)).toBe(2),
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: (seen) =>
        expect(count(work(seen)?.links[0]?.attributes)).toBe(1),
      OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT(seen) {
        expect(said(seen)).toMatchObject({ attributes: {}, droppedAttributes: 5 });
      },
    },
  },
  {
    title: 'the length of log attributes, before the general one',
    env: () => ({
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '7',
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: '9',
      OTEL_TRACES_EXPORTER: 'otlp,console',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'OTLP, otlp/stdout',
    }),
    rows: {
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT(seen) {
        expect(said(seen)?.attributes['attribute.0']).toBe('x'.repeat(9));
        expect(work(seen)?.attributes['attribute.0']).toBe('x'.repeat(7));
      },
      OTEL_TRACES_EXPORTER(seen) {
        expect(work(seen)).toBeDefined();
        expect(seen.stdout).toContain("name: 'work'");
      },
      OTEL_METRICS_EXPORTER: (seen) => expect(requests(seen, 'metrics')).toEqual([]),
      OTEL_LOGS_EXPORTER(seen) {
        expect(said(seen)).toBeDefined();
        expect(seen.stdout).toMatch(/^\{"resourceLogs":.*"said".*\}$/m);
      },
    },
  },
  {
    title: 'no trace kept',
    env: () => ({ OTEL_TRACES_SAMPLER: 'ALWAYS_OFF', OTEL_METRICS_EXEMPLAR_FILTER: 'always_on' }),
    rows: {
      OTEL_TRACES_SAMPLER: ({ collector }) => expect(collector.store.spans()).toEqual([]),
      OTEL_METRICS_EXEMPLAR_FILTER: (seen) =>
        expect(metric(seen, 'http.server.request.duration')?.points[0]?.exemplars).toHaveLength(1),
    },
  },
  {
    title: 'no trace of a hundred kept',
    env: () => ({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }),
    rows: {
      OTEL_TRACES_SAMPLER_ARG: ({ collector }) => expect(collector.store.spans()).toEqual([]),
    },
  },
  {
    title: 'off',
    env: () => ({ OTEL_SDK_DISABLED: 'TRUE' }),
    rows: {
      OTEL_SDK_DISABLED: ({ collector, stderr }) =>
        expect([collector.requests, stderr]).toEqual([[], '']),
    },
  },
  {
    title: 'more than the queue holds',
    way: 'many',
    env: () => ({ OTEL_BSP_MAX_QUEUE_SIZE: '4', OTEL_BLRP_MAX_QUEUE_SIZE: '3' }),
    rows: {
      OTEL_BSP_MAX_QUEUE_SIZE: ({ collector }) => expect(collector.store.spans()).toHaveLength(4),
      OTEL_BLRP_MAX_QUEUE_SIZE: ({ collector }) => expect(collector.store.logs()).toHaveLength(3),
    },
  },
  {
    title: 'more than a batch holds',
    way: 'many',
    env: () => ({
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '5',
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '4',
    }),
    rows: {
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: (seen) =>
        expect(requests(seen, 'traces').map(({ batch }) => batch.spans.length)).toEqual([
          5, 5, 5, 5,
        ]),
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: (seen) =>
        expect(requests(seen, 'logs').map(({ batch }) => batch.logs.length)).toEqual([
          4, 4, 4, 4, 4,
        ]),
    },
  },
  {
    title: 'spans in a hurry, and metrics at an interval',
    way: 'stay',
    env: () => ({
      OTEL_BSP_SCHEDULE_DELAY: '1',
      OTEL_METRIC_EXPORT_INTERVAL: '100',
    }),
    until: ({ collector }) =>
      collector.store.waitFor(
        (store) =>
          store.logs().length > 0 &&
          collector.requests.filter(({ signal }) => signal === 'metrics').length > 1,
        { timeout: 50_000 },
      ),
    rows: {
      // Log records wait for a second, spans would for five.
      OTEL_BSP_SCHEDULE_DELAY({ collector }) {
        const order = collector.requests.map(({ signal }) => signal);
        expect(order.indexOf('traces')).toBeLessThan(order.indexOf('logs'));
      },
      // The default is a minute.
      OTEL_METRIC_EXPORT_INTERVAL: (seen) =>
        expect(requests(seen, 'metrics').length).toBeGreaterThan(1),
    },
  },
  {
    title: 'log records that can wait',
    way: 'stay',
    env: () => ({ OTEL_BSP_SCHEDULE_DELAY: '2500', OTEL_BLRP_SCHEDULE_DELAY: '60000' }),
    until: ({ collector }) =>
      collector.store.waitFor((store) => store.spans().length > 0, { timeout: 50_000 }),
    rows: {
      // By default they wait for one second.
      OTEL_BLRP_SCHEDULE_DELAY({ collector }) {
        const order = collector.requests.map(({ signal }) => signal);
        expect(order.indexOf('logs')).toBeGreaterThan(order.indexOf('traces'));
      },
    },
  },
  {
    title: 'no answer',
    way: 'stay',
    prepare: withholdFirst,
    env: (receivers) => ({
      ...apart(receivers),
      OTEL_BSP_EXPORT_TIMEOUT: '1211',
      OTEL_METRIC_EXPORT_TIMEOUT: '1212',
      OTEL_BLRP_EXPORT_TIMEOUT: '1213',
    }),
    until: untilAskedTwice,
    rows: {
      OTEL_BSP_EXPORT_TIMEOUT: noAnswerWithin('collector', 1211),
      OTEL_METRIC_EXPORT_TIMEOUT: noAnswerWithin('second', 1212),
      OTEL_BLRP_EXPORT_TIMEOUT: noAnswerWithin('third', 1213),
    },
  },
  {
    title: 'no answer to a signal',
    way: 'stay',
    prepare: withholdFirst,
    env: (receivers) => ({
      ...apart(receivers),
      OTEL_EXPORTER_OTLP_TIMEOUT: '60000',
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '1221',
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '1222',
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '1223',
    }),
    until: untilAskedTwice,
    rows: {
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: noAnswerWithin('collector', 1221),
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: noAnswerWithin('second', 1222),
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: noAnswerWithin('third', 1223),
    },
  },
  {
    title: 'no answer to any signal',
    way: 'stay',
    prepare: withholdFirst,
    env: (receivers) => ({ ...apart(receivers), OTEL_EXPORTER_OTLP_TIMEOUT: '1231' }),
    until: untilAskedTwice,
    rows: {
      OTEL_EXPORTER_OTLP_TIMEOUT(seen) {
        for (const receiver of ['collector', 'second', 'third'] as const)
          noAnswerWithin(receiver, 1231)(seen);
      },
    },
  },
  {
    title: 'each signal its own way',
    env: ({ collector, second }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: second.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=general',
      ...eachSignal('ENDPOINT', (signal) => `${collector.url}/v1/${signal}`),
      ...eachSignal('HEADERS', (signal) => `x-key=${signal}`),
      ...eachSignal('COMPRESSION', () => 'gzip'),
      ...eachSignal('PROTOCOL', () => 'http/json'),
    }),
    rows: {
      ...bySignal('ENDPOINT', (seen, signal) => {
        arrived(seen, signal);
        expect(seen.second.requests).toEqual([]);
      }),
      ...bySignal('HEADERS', (seen, signal) =>
        expect(requests(seen, signal)[0]?.headers['x-key']).toBe(signal),
      ),
      ...bySignal('COMPRESSION', (seen, signal) =>
        expect(requests(seen, signal)[0]?.headers['content-encoding']).toBe('gzip'),
      ),
      ...bySignal('PROTOCOL', (seen, signal) =>
        expect(requests(seen, signal)[0]?.encoding).toBe('json'),
      ),
    },
  },
  {
    title: 'TLS on both sides',
    env: ({ tls }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: tls.url,
      OTEL_EXPORTER_OTLP_CERTIFICATE: tlsFile('ca.pem'),
      OTEL_EXPORTER_OTLP_CLIENT_KEY: tlsFile('client.key'),
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: tlsFile('client.pem'),
    }),
    rows: {
      OTEL_EXPORTER_OTLP_CERTIFICATE: everySignal(arrived),
      OTEL_EXPORTER_OTLP_CLIENT_KEY: everySignal(arrived),
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: ({ tls }) =>
        expect([...new Set(tls.clients)]).toEqual(['client']),
    },
  },
  {
    title: 'TLS on both sides, while the process exits',
    way: 'exit',
    env: ({ tls }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: tls.url,
      OTEL_EXPORTER_OTLP_CERTIFICATE: tlsFile('ca.pem'),
      OTEL_EXPORTER_OTLP_CLIENT_KEY: tlsFile('client.key'),
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: tlsFile('client.pem'),
    }),
    rows: {
      OTEL_EXPORTER_OTLP_CERTIFICATE(seen) {
        expect(work(seen)).toBeDefined();
        expect(said(seen)).toBeDefined();
      },
    },
  },
  {
    title: 'TLS on both sides, by signal',
    env: ({ tls }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: tls.url,
      OTEL_EXPORTER_OTLP_CERTIFICATE: '/no/such/file',
      OTEL_EXPORTER_OTLP_CLIENT_KEY: '/no/such/file',
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: '/no/such/file',
      ...eachSignal('CERTIFICATE', () => tlsFile('ca.pem')),
      ...eachSignal('CLIENT_KEY', () => tlsFile('client.key')),
      ...eachSignal('CLIENT_CERTIFICATE', () => tlsFile('client.pem')),
    }),
    rows: {
      ...bySignal('CERTIFICATE', arrived),
      ...bySignal('CLIENT_KEY', arrived),
      ...bySignal('CLIENT_CERTIFICATE', arrived),
    },
  },
  {
    title: 'a certificate that cannot be read',
    env: ({ tls }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: tls.url,
      OTEL_EXPORTER_OTLP_CERTIFICATE: '/no/such/file',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    }),
    rows: {
      OTEL_EXPORTER_OTLP_CERTIFICATE({ collector, tls, stderr }) {
        expect([collector.requests, tls.clients]).toEqual([[], []]);
        expect(stderr).toContain(
          'OTEL_EXPORTER_OTLP_CERTIFICATE: expected a file that can be read (ENOENT), got "/no/such/file"; using nothing',
        );
        expect(stderr).toContain(`telemetry for ${tls.url} is being lost`);
      },
    },
  },
  {
    title: 'a certificate of nobody known',
    env: ({ tls }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: tls.url }),
    rows: {
      OTEL_EXPORTER_OTLP_CERTIFICATE: ({ collector }) => expect(collector.requests).toEqual([]),
    },
  },
  {
    title: 'gRPC',
    env: ({ grpc }) => ({
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: grpc.target,
      OTEL_EXPORTER_OTLP_INSECURE: 'true',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    }),
    rows: {
      OTEL_EXPORTER_OTLP_INSECURE: everySignal(arrived),
      OTEL_EXPORTER_OTLP_PROTOCOL({ grpc }) {
        expect(new Set(grpc.calls.map(({ path }) => path)).size).toBe(3);
        for (const { headers } of grpc.calls) {
          expect(headers).toMatchObject({ 'x-key': 'a', 'grpc-encoding': 'gzip' });
        }
      },
    },
  },
  {
    title: 'gRPC, by signal',
    env: ({ grpc }) => ({
      ...eachSignal('PROTOCOL', () => 'grpc'),
      ...eachSignal('ENDPOINT', () => grpc.target),
      ...eachSignal('INSECURE', () => 'true'),
    }),
    rows: bySignal('INSECURE', arrived),
  },
  {
    title: 'what a receiver of metrics prefers',
    env: () => ({
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'LowMemory',
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        'base2_exponential_bucket_histogram',
    }),
    rows: {
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE(seen) {
        const temporality = (name: string) => metric(seen, name)?.temporality;
        expect(['jobs', 'sizes', 'http.server.request.duration'].map(temporality)).toEqual([
          'delta',
          'delta',
          'delta',
        ]);
        expect(['seen', 'waiting'].map(temporality)).toEqual(['cumulative', 'cumulative']);
      },
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION(seen) {
        for (const name of ['sizes', 'http.client.request.duration'])
          expect(metric(seen, name)?.type).toBe('exponentialHistogram');
        const [point] = metric(seen, 'http.server.request.duration')?.points ?? [];
        expect(point).toMatchObject({ count: 1, exemplars: [{ traceId: expect.any(String) }] });
      },
    },
  },
  {
    title: 'delta',
    way: 'stay',
    env: () => ({
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    }),
    until: ({ collector }) =>
      collector.store.waitFor(
        () => collector.requests.filter(({ signal }) => signal === 'metrics').length > 2,
        { timeout: 50_000 },
      ),
    rows: {
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE(seen) {
        const all = seen.collector.store.metrics();
        const sum = (name: string) =>
          all
            .filter((each) => each.name === name)
            .flatMap(({ points }) => points)
            .reduce((total, { value, count: items }) => total + Number(value ?? items), 0);
        expect(['jobs', 'seen', 'sizes', 'http.server.request.duration'].map(sum)).toEqual([
          1, 7, 1, 1,
        ]);
        expect(metric(seen, 'seen')?.temporality).toBe('delta');
      },
    },
  },
  {
    title: 'a configuration file',
    env: configured('OTEL_CONFIG_FILE'),
    rows: { OTEL_CONFIG_FILE: followsFile },
  },
  {
    title: 'a configuration file with rules',
    env: configured('OTEL_CONFIG_FILE', 'rules.yaml'),
    rows: { OTEL_CONFIG_FILE: followsRules },
  },
  {
    title: 'a configuration file, read by register',
    nodeArgs: ['--import=@org/otel-core/register'],
    env: configured('OTEL_EXPERIMENTAL_CONFIG_FILE'),
    rows: { OTEL_EXPERIMENTAL_CONFIG_FILE: followsFile },
  },
  {
    title: 'Prometheus',
    way: 'stay',
    env: async () => ({
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_LOG_LEVEL: 'info',
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.2',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(await freePort()),
    }),
    async until({ collector }, app) {
      const [, url] = await app.waitFor(/are served at (\S+)/, 50_000);
      const page = await (await fetch(String(url))).text();
      served.set(collector.url, { url: String(url), page });
    },
    rows: {
      OTEL_EXPORTER_PROMETHEUS_HOST: (seen) =>
        expect(new URL(page(seen).url).hostname).toBe('127.0.0.2'),
      OTEL_EXPORTER_PROMETHEUS_PORT(seen) {
        expect(new URL(page(seen).url).port).not.toBe('9464');
        expect(page(seen).page).toContain('jobs_total');
        expect(requests(seen, 'metrics')).toEqual([]);
      },
    },
  },
];
