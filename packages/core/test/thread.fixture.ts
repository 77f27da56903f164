// A process whose worker thread ends in the way it is told; the thread's exit code becomes its own.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const worker = new Worker(new URL('./ending.fixture.ts', import.meta.url), {
  argv: process.argv.slice(2),
});
worker.on('error', ({ message }) => process.stderr.write(`the worker threw ${message}\n`));
const [code] = await once(worker, 'exit').catch(() => [1]);
process.exitCode = code;
