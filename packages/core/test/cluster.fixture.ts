// A cluster of one worker that ends in the way it is told; its exit code or signal is said.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const exec = fileURLToPath(new URL('./ending.fixture.ts', import.meta.url));
cluster.setupPrimary({ exec, args: process.argv.slice(2), silent: true });
const worker = cluster.fork();
worker.process.stderr?.pipe(process.stderr);
worker.process.stdout?.on('data', () => worker.process.kill('SIGTERM'));
// A worker that is connected to its primary has no natural end.
worker.once('online', () => worker.disconnect());
const [code, signal] = await once(worker, 'exit');
process.stderr.write(`the worker ended with ${code ?? signal}\n`);
