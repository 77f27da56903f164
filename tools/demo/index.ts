// npm run demo: three services, one trace. tools/run.mjs has installed the npm packages before.
import { constants } from 'node:os';
import { MissingPart } from '../cache.ts';
import { CannotRun } from './cannot-run.ts';
import { type DemoOptions, readDemoOptions } from './demo-options.ts';
import { prepare } from './prepare.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);
const stopping = new AbortController();
let stopSignal: NodeJS.Signals | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopSignal ??= signal;
    stopping.abort(new Error(`stopped by ${signal}`));
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const options = readDemoOptions(process.argv.slice(2));
    return options ? await run(options) : 0;
  } catch (error) {
    if (stopSignal) return codeOfStop();
    if (!(error instanceof CannotRun || error instanceof MissingPart)) throw error;
    say(error.message);
    return 1;
  }
}

async function run(options: DemoOptions): Promise<number> {
  const prepared = await prepare(options, say, stopping.signal);
  // Loaded only now: the collector is one of the packages that were just built.
  const { runDemo } = await import('./run-demo.ts');
  return runDemo(options, prepared, say, stopping.signal);
}

/** Ctrl-C is how the endless demo ends; any other end by a signal is told as a shell tells it. */
function codeOfStop(): number {
  const interrupted = stopSignal === 'SIGINT' && !process.argv.includes('--once');
  return interrupted ? 0 : 128 + constants.signals[stopSignal ?? 'SIGTERM'];
}
