import { types } from 'node:util';
import { resourceFromAttributes } from '@opentelemetry/resources';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { propagatorFor } from '../context/propagators.ts';
import { samplerFor } from '../traces/samplers.ts';
import { readSettings } from './read-settings.ts';
import type { Setting } from './setting.ts';
import { describeProblem } from './setting-problem.ts';
import { exporterNames, type Settings, type SignalSettings } from './settings.ts';
import { settingsTable } from './settings-table.ts';
import { unsupportedVariables } from './unsupported-variables.ts';

const numRuns = process.env['OTEL_TEST_FULL'] ? 100_000 : 1_000;

const rows: Setting<unknown>[] = settingsTable.flatMap((group) => group.rows);
const variables = [
  ...new Set([...rows.flatMap((row) => row.variables), ...Object.keys(unsupportedVariables)]),
];
const options = [...new Set(rows.flatMap((row) => row.options))];

/** Texts that nearly are a value of some kind, beside any text at all. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    ...[
      'true',
      'FALSE',
      'none',
      'otlp,console',
      'grpc',
      'http/json',
      'delta',
      'gzip',
      'always_on',
      ' ',
    ],
    ...[
      'https://a:b@c/d?e=f',
      'http://[::1]:4318',
      'localhost:4317',
      'http://',
      'https://%',
      'HTTP://x:99999',
    ],
    ...[
      'a=b,c=%20d',
      'a=%',
      '=',
      'a=b=c',
      '__proto__=1',
      'constructor=2',
      '/no/such/file',
      '../..',
    ],
  ),
  fc.double().map(String),
  fc.bigInt().map(String),
  fc.webUrl(),
);

/** What the option at a path may be: of its kind or of none. */
const value = fc.oneof(
  text,
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.integer(),
  fc.boolean(),
  fc.array(text),
  fc.dictionary(fc.string(), fc.string()),
  fc.constant(null).map(() => Object.defineProperty({}, 'shouldSample', { get: () => fail() })),
  fc.constant(new Proxy({}, { get: () => fail(), ownKeys: () => fail() })),
);

function fail(): never {
  throw new Error('hostile');
}

const environments = fc.dictionary(fc.oneof(fc.constantFrom(...variables), fc.string()), text);

const givenOptions = fc.oneof(
  { weight: 1, arbitrary: value },
  {
    weight: 4,
    arbitrary: fc
      .dictionary(
        fc.constantFrom(
          ...options,
          'sampler',
          'sampler.parentBased',
          'spanProcessors',
          'exporter',
          'traces',
          'strict',
        ),
        value,
      )
      .map(nested),
  },
);

/** `{ 'a.b': 1 }` as `{ a: { b: 1 } }`, where nothing else stands in the way. */
function nested(byPath: Record<string, unknown>): object {
  const all: Record<string, unknown> = {};
  for (const [path, each] of Object.entries(byPath)) place(all, path.split('.'), each);
  return all;
}

function place(
  parent: Record<string, unknown>,
  [name = '', ...rest]: string[],
  given: unknown,
): void {
  parent[name] ??= rest.length === 0 ? given : {};
  const next = parent[name];
  if (rest.length > 0 && isPlain(next)) place(next, rest, given);
}

function isPlain(given: unknown): given is Record<string, unknown> {
  return !types.isProxy(given) && Object.prototype.toString.call(given) === '[object Object]';
}

it(`${numRuns} environments and options: nothing throws, every setting is usable, every sentence is one`, () => {
  fc.assert(
    fc.property(environments, givenOptions, (environment, given) => {
      const { settings, problems } = readSettings(environment, given as object);
      samplerFor(settings);
      propagatorFor(settings.propagators);
      resourceFromAttributes(settings.resourceAttributes);
      expect(faults(settings, problems.map(describeProblem))).toEqual([]);
    }),
    { numRuns },
  );
}, 3_600_000);

/** One `expect` for each run: a hundred thousand times thirty would be minutes. */
function faults(settings: Settings, sentences: string[]): unknown[] {
  const { traces, metrics, logs, buffer, disabled, serviceName } = settings;
  const numbers = [...Object.values(traces.limits), ...Object.values(logs.limits)];
  return [
    ...[traces, metrics, logs].flatMap(signalFaults),
    ...numbers.filter((limit) => !(limit >= 0)),
    ...Object.values(buffer).filter((bound) => !(bound >= 1)),
    ...(typeof disabled === 'boolean' ? [] : [disabled]),
    ...(serviceName === undefined || typeof serviceName === 'string' ? [] : [serviceName]),
    ...(inRange(metrics.prometheus?.port ?? 0, 0, 65_535) ? [] : [metrics.prometheus]),
    ...sentences.filter((sentence) => !/^.+: expected .+; using .+$/s.test(sentence)),
  ];
}

function signalFaults({ exporters, otlp, batch }: SignalSettings): unknown[] {
  new Headers(otlp.headers);
  const isGood =
    exporters.every((name) => exporterNames.includes(name)) &&
    ['http:', 'https:'].includes(new URL(otlp.url).protocol) &&
    inRange(otlp.timeoutMillis, 1, 2 ** 31 - 1) &&
    inRange(batch.delayMillis, 0, 2 ** 31 - 1) &&
    inRange(batch.maxBatchSize, 1, batch.maxQueueSize);
  return isGood ? [] : [exporters, otlp, batch];
}

function inRange(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
