// A process with one span and one log record that nobody flushed, which then ends in the way it is told.
import { logs, trace } from '@opentelemetry/api';
import { init } from '@org/otel-core';

init({ serviceName: 'ending' });
trace.getTracer('app').startSpan('last words').end();
logs.getLogger('app').emit({ body: 'last line' });

const ways: Record<string, () => void> = {
  'natural end': () => {},
  'waiting for a signal': () => {
    setInterval(() => {}, 60_000);
    process.stdout.write('ready\n');
  },
  'process.exit()': () => process.exit(3),
  'uncaught exception': () => {
    setImmediate(() => {
      throw new Error('boom');
    });
  },
  'unhandled rejection': () => {
    void Promise.reject(new Error('boom'));
  },
  'a handler that exits': () => {
    process.once('uncaughtException', ({ message }) => {
      process.stderr.write(`handled ${message}\n`);
      process.exit(7);
    });
    throw new Error('boom');
  },
  'a handler of its own': () => {
    const work = setInterval(() => {}, 60_000);
    process.once('SIGTERM', () => {
      process.stdout.write('draining\n');
      setImmediate(() => clearInterval(work));
    });
    process.stdout.write('ready\n');
  },
};

ways[process.argv[2] ?? '']?.();
