// npm run bench:logs: what a winston line costs, bare and with the ids of its span, in one run.
import { Writable } from 'node:stream';
import { getHeapStatistics } from 'node:v8';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { createLogger, traceFormat } from '@org/otel-winston';
import winston from 'winston';
import { median } from './median.ts';

const ROUNDS = 60;
const LINES = 10_000;
const LINES_OF_HEAP = 200; // few enough that a round seldom has a collection in it
const meta = { order: 7, path: '/orders' };
const span = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};
const fields = { spanID: span.spanId, traceID: span.traceId };

/** A transport that takes each line at once and writes it nowhere. */
function nowhere(): winston.transport {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  return new winston.transports.Stream({ stream });
}

const { combine, json } = winston.format;
const bare = winston.createLogger({ format: json(), transports: [nowhere()] });
const stamped = winston.createLogger({
  format: combine(traceFormat(), json()),
  transports: [nowhere()],
});
const ours = createLogger({ transports: [nowhere()] });

const cases = {
  'winston, a bare JSON line': () => bare.info('paid', meta),
  'winston, two more fields by hand': () => bare.info('paid', { ...meta, ...fields }),
  'traceFormat()': () => stamped.info('paid', meta),
  'createLogger()': () => ours.info('paid', meta),
  'winston, level off': () => bare.debug('paid', meta),
  'createLogger(), level off': () => ours.debug('paid', meta),
};

/** Nanoseconds of CPU time a line: other processes of the machine do not count. */
function nanoseconds(line: () => unknown): number {
  const started = process.cpuUsage();
  for (let n = 0; n < LINES; n++) line();
  const { user, system } = process.cpuUsage(started);
  return ((user + system) * 1000) / LINES;
}

/** Bytes that a line takes of the heap; NaN if a collection came between. */
function bytes(line: () => unknown): number {
  const before = getHeapStatistics().used_heap_size;
  for (let n = 0; n < LINES_OF_HEAP; n++) line();
  const taken = getHeapStatistics().used_heap_size - before;
  return taken < 0 ? Number.NaN : taken / LINES_OF_HEAP;
}

const telemetry = init({ serviceName: 'bench' });
const inSpan = trace.setSpanContext(ROOT_CONTEXT, span);
const measured = Object.entries(cases).map(([name, line]) => {
  return { name, line, ns: [] as number[], bytes: [] as number[] };
});
for (let round = -ROUNDS / 2; round < ROUNDS; round++) {
  for (const each of measured) {
    const ns = context.with(inSpan, nanoseconds, undefined, each.line);
    const taken = context.with(inSpan, bytes, undefined, each.line);
    if (round >= 0) each.ns.push(ns); // the rounds before warm up
    if (round >= 0 && !Number.isNaN(taken)) each.bytes.push(taken);
    await new Promise(setImmediate); // streams end what they began
  }
}
for (const { name, ns, bytes } of measured) {
  // the round that others disturbed least
  const [time, heap] = [Math.round(Math.min(...ns)), Math.round(median(bytes))];
  console.log(
    `${name.padEnd(34)} ${String(time).padStart(6)} ns ${String(heap).padStart(6)} bytes`,
  );
}
await telemetry.shutdown();
