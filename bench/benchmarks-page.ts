import type { Failure } from './prepare-subjects.ts';
import { ratiosOf } from './ratios.ts';
import { renderMarkdown } from './render-table.ts';
import type { RunDescription } from './run-description.ts';
import type { Row } from './summarise.ts';
import { tableOf } from './table.ts';

/** The text of docs/benchmarks.md. */
export function benchmarksPage(
  rows: readonly Row[],
  run: RunDescription,
  failures: readonly Failure[],
): string {
  return [
    '<!-- Written by `npm run bench`; do not edit. -->',
    '# Benchmarks',
    'What telemetry costs: CPU time of the server process (user and system) over completed requests, in microseconds, against the same server without telemetry.',
    '## Ours beside the official packages, overhead a request',
    renderMarkdown(ratiosOf(rows)),
    '## All figures',
    renderMarkdown(tableOf(rows)),
    ...failureLines(failures),
    '## How it was measured',
    conditions(run),
    '## How to repeat it',
    '```sh\nnpm run bench -- --quick    # about four minutes\nnpm run bench               # longer loads, new processes several times\n```',
    'The figures as JSON are in `bench/results/latest.json`.',
    '',
  ].join('\n\n');
}

function failureLines(failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const lines = failures.map(
    ({ app, variant, reason }) => `- ${app.title}, ${variant.title}: ${reason.split('\n')[0]}`,
  );
  return ['Left out:', lines.join('\n')];
}

function conditions({ date, node, machine, versions, amount }: RunDescription): string {
  const { sittings, rounds, warmUp, load } = amount;
  const pinned = machine.pinned
    ? 'the server on one core, load generator and collector on another'
    : 'nothing pinned to a core';
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `- ${date}, Node ${node.slice(1)}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB; ${pinned}.`,
    `- Each app: its servers run side by side, are warmed up with ${warmUp} requests each, and then take turns for ${rounds} rounds, every second one in reverse order; all that ${sittings === 1 ? 'once' : `${sittings} times with new processes`}. Figures are medians; in brackets the smallest and the largest round. The overhead is taken against bare in the same round.`,
    `- A measurement is about ${load} s of load (autocannon, 32 keep-alive connections, \`GET /hello/world\`, route \`/hello/:name\`). CPU time is read from the server itself before and after, the second time when all spans have been delivered: the export is inside, the warm-up is not.`,
    '- Traces and metrics over OTLP http/protobuf to a counting collector; sampler `parentbased_traceidratio`; the same code and the same variables for all, with a queue of 100,000 spans. Dropped is what the requests must have made less what arrived: a drop is not a speed-up. Spans a request are counted before the rounds.',
    '- Ours starts by `--import @org/otel-core/register`, in Nest by `OtelModule.forRoot()`; the official packages by `--require`, for ESM by `--import` with their loader hook. Start is from the start of the process to listening; RSS is read at the end of the load.',
    `- ${packages.join(', ')}.`,
  ].join('\n');
}
