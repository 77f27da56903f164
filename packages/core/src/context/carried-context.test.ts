import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expectTrace } from '@org/otel-testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Observed, observe } from '../../test/observe.ts';
import { type CarriedContext, carryContext, runWithCarried } from '../index.ts';

let observed: Observed;
beforeEach(async () => {
  observed = await observe({ propagators: ['none'] });
});
afterEach(() => observed[Symbol.asyncDispose]());

const fixture = new URL('../../test/carried.fixture.ts', import.meta.url);

function startWorker(): Worker {
  return new Worker(fixture, {
    execArgv: ['--conditions=@org/source'],
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: observed.collector.url },
  });
}

async function tell(worker: Worker, name: string) {
  const answered = once(worker, 'message');
  worker.postMessage({ name, carried: carryContext() });
  const [answer] = await answered;
  return answer;
}

it('leads a trace and its baggage into a worker thread, message by message', async () => {
  const worker = startWorker();
  const baggage = propagation.createBaggage({ tenant: { value: 'acme & sons' } });
  for (const name of ['first', 'second']) {
    const root = trace.getTracer('test').startSpan(`ask ${name}`);
    const asking = trace.setSpan(propagation.setBaggage(ROOT_CONTEXT, baggage), root);
    const answer = await context.with(asking, () => tell(worker, name));
    expect(answer).toEqual({ tenant: 'acme & sons', after: undefined });
    root.end();
    await expectTrace(
      observed.collector,
      { service: 'shop', name: `ask ${name}`, spans: [{ service: 'worker', name }] },
      { settle: () => observed.telemetry.forceFlush() },
    );
  }
  expect(await tell(worker, 'alone')).toEqual({ tenant: undefined, after: undefined });
  await expectTrace(observed.collector, { service: 'worker', name: 'alone', spans: [] });
  await worker.terminate();
});

it('carries nothing where nothing is active, and survives a queue that keeps text only', () => {
  expect(carryContext()).toEqual({});
  trace.getTracer('test').startActiveSpan('work', (span) => {
    const carried = JSON.parse(JSON.stringify(carryContext()));
    context.with(ROOT_CONTEXT, () =>
      runWithCarried(carried, () => {
        const { traceId, spanId, traceFlags } = trace.getActiveSpan()?.spanContext() ?? {};
        const { traceId: id, spanId: parent, traceFlags: flags } = span.spanContext();
        expect([traceId, spanId, traceFlags]).toEqual([id, parent, flags]);
      }),
    );
    span.end();
  });
});

it('takes what is no context for an empty one, and what the work throws goes through', () => {
  const given = [undefined, null, 7, 'text', { traceparent: 7 }, { traceparent: '00-zz' }];
  trace.getTracer('test').startActiveSpan('outer', (outer) => {
    for (const carried of given) {
      const seen = runWithCarried(carried as CarriedContext, () => trace.getActiveSpan());
      expect(seen).toBeUndefined();
    }
    outer.end();
  });
  const boom = new Error('boom');
  expect(() =>
    runWithCarried({}, () => {
      throw boom;
    }),
  ).toThrow(boom);
});
