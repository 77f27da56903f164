// A worker thread that makes a span for each message, in the context that came with it.
import { parentPort } from 'node:worker_threads';
import { propagation, trace } from '@opentelemetry/api';
import { init, runWithCarried } from '@org/otel-core';

const telemetry = init({ serviceName: 'worker' });

parentPort?.on('message', async ({ name, carried }) => {
  const tenant = await runWithCarried(carried, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    trace.getTracer('worker').startSpan(name).end();
    return propagation.getActiveBaggage()?.getEntry('tenant')?.value;
  });
  await telemetry.forceFlush();
  parentPort?.postMessage({ tenant, after: trace.getActiveSpan() });
});
