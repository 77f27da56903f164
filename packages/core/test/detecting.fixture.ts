// A process with one span that ends in the way it is told, while a resource detector hangs.
import { trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';

const hanging = { detect: () => ({ attributes: { rack: new Promise<string>(() => {}) } }) };
init({ serviceName: 'detecting', resource: { detectors: [hanging], timeoutMillis: 600_000 } });
trace.getTracer('app').startSpan('last words').end();

if (process.argv[2] === 'process.exit()') process.exit(0);
