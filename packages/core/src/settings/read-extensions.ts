import type { SpanProcessor } from '../traces/span-processor.ts';
import type { Environment } from './environment.ts';
import type {
  Instrumentation,
  LogRecordExporter,
  LogRecordProcessor,
  MetricExporter,
  MetricReader,
  SpanExporter,
  View,
} from './extensions-option.ts';
import type { InitOptions } from './options.ts';

/** The application's own parts. */
export interface Extensions {
  readonly spanProcessors: readonly SpanProcessor[];
  readonly spanExporters: readonly SpanExporter[];
  readonly logRecordProcessors: readonly LogRecordProcessor[];
  readonly logRecordExporters: readonly LogRecordExporter[];
  readonly metricReaders: readonly MetricReader[];
  readonly metricExporters: readonly MetricExporter[];
  readonly views: readonly View[];
  readonly instrumentations: readonly Instrumentation[];
}

/** By what methods each kind is known. */
const methods = {
  spanProcessors: ['onStart', 'onEnd', 'forceFlush', 'shutdown'],
  spanExporters: ['export', 'shutdown'],
  logRecordProcessors: ['onEmit', 'forceFlush', 'shutdown'],
  logRecordExporters: ['export', 'shutdown'],
  metricReaders: ['setMetricProducer', 'forceFlush', 'shutdown'],
  metricExporters: ['export', 'shutdown'],
  views: [],
  instrumentations: ['setTracerProvider', 'setMeterProvider', 'enable', 'disable'],
} satisfies Record<keyof Extensions, string[]>;

/** What is no such part is reported and left out; names of instrumentations are read elsewhere. */
export function readExtensions(env: Environment, options: InitOptions): Extensions {
  const kinds = Object.keys(methods) as (keyof Extensions)[];
  const read = kinds.map((kind) => [kind, partsFrom(env, kind, options[kind])]);
  return Object.fromEntries(read) as Extensions;
}

function partsFrom(env: Environment, kind: keyof Extensions, given: unknown): unknown[] {
  if (given === undefined) return [];
  const wanted: string[] = methods[kind];
  const expected =
    wanted.length > 0 ? `objects with ${wanted.join(', ')}` : 'objects that say what they select';
  if (!Array.isArray(given)) {
    env.report(kind, typeof given, `an array of ${expected}`, 'none');
    return [];
  }
  const objects = given.filter((part) => kind !== 'instrumentations' || typeof part !== 'string');
  const good = objects.filter((part) => isObjectWith(wanted, part));
  if (good.length < objects.length) env.report(kind, 'something else', expected, 'the others');
  return good;
}

function isObjectWith(wanted: string[], part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return wanted.every((name) => typeof (part as Record<string, unknown>)[name] === 'function');
}
