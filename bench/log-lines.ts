// npm run bench:logs: what a winston line costs, bare and with the ids of its span, in one run. Builds nothing: `npm run build` first.
import { Writable } from 'node:stream';
import { getHeapStatistics } from 'node:v8';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';
import { createLogger, traceFormat } from '@org/otel-winston';
import winston from 'winston';
import { median } from './median.ts';

const ROUNDS = 61;
const LINES = 20_000;
const meta = { order: 7, path: '/orders' };

const telemetry = init({ serviceName: 'bench' });
const span = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};
const inSpan = trace.setSpanContext(ROOT_CONTEXT, span);

/** A transport that takes each line at once and writes it nowhere. */
function nowhere(): winston.transport {
  return new winston.transports.Stream({
    stream: new Writable({ write: (_chunk, _encoding, done) => done() }),
  });
}

const { combine, json } = winston.format;
const bare = winston.createLogger({ format: json(), transports: [nowhere()] });
const format = winston.createLogger({
  format: combine(traceFormat(), json()),
  transports: [nowhere()],
});
const fields = { traceID: span.traceId, spanID: span.spanId };
const whole = createLogger({ transports: [nowhere()] });

const cases = {
  'winston, a JSON line': () => bare.info('paid', meta),
  'the same with two more fields, by hand': () => bare.info('paid', { ...meta, ...fields }),
  'traceFormat() before json()': () => format.info('paid', meta),
  'createLogger()': () => whole.info('paid', meta),
  'winston, level off': () => bare.debug('paid', meta),
  'createLogger(), level off': () => whole.debug('paid', meta),
};

/** One round of one case: nanoseconds and bytes a line; bytes are undefined when a collection came between. */
function round(line: () => unknown): { ns: number; bytes: number | undefined } {
  const heap = getHeapStatistics().used_heap_size;
  const started = process.hrtime.bigint();
  for (let i = 0; i < LINES; i++) line();
  const ns = Number(process.hrtime.bigint() - started) / LINES;
  const bytes = (getHeapStatistics().used_heap_size - heap) / LINES;
  return { ns, bytes: bytes < 0 ? undefined : bytes };
}

const names = Object.keys(cases) as (keyof typeof cases)[];
const results = new Map(names.map((name) => [name, [] as ReturnType<typeof round>[]]));
for (let n = 0; n < ROUNDS; n++) {
  for (const name of names) {
    const result = context.with(inSpan, () => round(cases[name]));
    if (n > ROUNDS / 3) results.get(name)?.push(result); // the first third warms up
    await new Promise(setImmediate); // lets streams end what they began
  }
}
for (const [name, rounds] of results) {
  const bytes = rounds.map((each) => each.bytes).filter((each) => each !== undefined);
  const kept =
    bytes.length > 0 ? `${Math.round(median(bytes))} bytes` : 'more bytes than a round can count';
  console.log(`${name.padEnd(40)} ${Math.round(median(rounds.map(({ ns }) => ns)))} ns  ${kept}`);
}
await telemetry.shutdown();
