import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';
import type { Signal } from '../src/telemetry.ts';
import type { Random } from './random.ts';

const home = dirname(
  createRequire(import.meta.url).resolve('@elastic/mockotlpserver/package.json'),
);
const services = {
  traces: ['trace/v1/trace_service.proto', 'trace.v1.ExportTraceServiceRequest'],
  logs: ['logs/v1/logs_service.proto', 'logs.v1.ExportLogsServiceRequest'],
  metrics: ['metrics/v1/metrics_service.proto', 'metrics.v1.ExportMetricsServiceRequest'],
} as const;

/** The request types as the .proto files of another project define them, read by another decoder. */
export function independentTypes(): Record<Signal, protobuf.Type> {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(home, target);
  const collector = 'opentelemetry/proto/collector';
  root.loadSync(Object.values(services).map(([file]) => `${collector}/${file}`));
  root.resolveAll();
  const type = (signal: Signal) =>
    root.lookupType(`opentelemetry.proto.collector.${services[signal][1]}`);
  return { traces: type('traces'), logs: type('logs'), metrics: type('metrics') };
}

const texts = [
  '',
  'a',
  'GET /something',
  'Grüße',
  '\u{1f680}',
  '\ufeffmark',
  '__proto__',
  'x'.repeat(200),
];
const doubles = [0, -0, 1.5, -1e300, 5e-324, Number.NaN, Infinity, -Infinity, 2 ** 53];
const longs = [0n, 1n, 127n, 128n, 2n ** 31n, 2n ** 53n + 1n, 2n ** 63n - 1n];

/** A random message of a type, as `fromObject` takes it: any field set or not, one member of each oneof. */
export function randomObject(
  type: protobuf.Type,
  random: Random,
  depth = 0,
): Record<string, unknown> {
  const chosen = new Set(type.oneofsArray.map((oneof) => random.pick(oneof.fieldsArray)));
  const fields = type.fieldsArray.filter((field) => {
    return field.partOf ? chosen.has(field) && random.chance(0.9) : random.chance(0.8);
  });
  return Object.fromEntries(
    fields.map((field) => [field.name, randomField(field.resolve(), random, depth)]),
  );
}

function randomField(field: protobuf.Field, random: Random, depth: number): unknown {
  const one = () => randomValue(field, random, depth);
  return field.repeated ? Array.from({ length: random.below(depth > 6 ? 1 : 4) }, one) : one();
}

function randomValue(field: protobuf.Field, random: Random, depth: number): unknown {
  const { resolvedType } = field;
  if (resolvedType instanceof protobuf.Enum) return random.pick(Object.values(resolvedType.values));
  if (resolvedType instanceof protobuf.Type) return randomObject(resolvedType, random, depth + 1);
  switch (field.type) {
    case 'string':
      return random.pick(texts);
    case 'bool':
      return random.chance(0.5);
    case 'bytes':
      return random.bytes(bytesOf(field, random));
    case 'double':
      return random.pick(doubles);
    case 'int64':
    case 'sfixed64':
      return BigInt.asIntN(64, randomLong(random)).toString();
    case 'uint64':
    case 'fixed64':
      return randomLong(random).toString();
    case 'sint32':
      return random.pick([0, 1, -1, 20, -(2 ** 31), 2 ** 31 - 1]);
    case 'uint32':
    case 'fixed32':
      return random.pick([0, 1, 300, 2 ** 31, 2 ** 32 - 1]);
    default:
      throw new Error(`no random value for ${field.fullName} (${field.type})`);
  }
}

function randomLong(random: Random): bigint {
  return random.chance(0.5) ? random.pick(longs) : random.uint64();
}

function bytesOf(field: protobuf.Field, random: Random): number {
  if (/traceId/.test(field.name)) return random.pick([0, 16]);
  return /spanId/i.test(field.name) ? random.pick([0, 8]) : random.below(40);
}
