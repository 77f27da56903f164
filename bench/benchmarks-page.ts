import { microTable } from './micro/run-micro.ts';
import { ownSizesTable } from './own-sizes.ts';
import type { Failure } from './prepare-subjects.ts';
import { ratiosOf } from './ratios.ts';
import { reasons } from './reasons.ts';
import { renderMarkdown } from './render-table.ts';
import type { Results } from './results.ts';
import type { RunDescription } from './run-description.ts';
import { costTable, installationTable, processTable } from './table.ts';
import { targetsTable } from './targets.ts';

/** The text of docs/benchmarks.md. */
export function benchmarksPage({ rows, micro, sizes, failures, run }: Results): string {
  return [
    '<!-- Written by `npm run bench`; do not edit. -->',
    '# Benchmarks',
    'What telemetry costs: CPU time of the server process (user and system) over completed requests, in microseconds, against the same server without telemetry.',
    '## Targets',
    renderMarkdown(targetsTable(rows, micro)),
    '### Why some are missed',
    reasons,
    '## Ours beside the peers, overhead a request',
    renderMarkdown(ratiosOf(rows)),
    '## Cost of a request and what is delivered',
    renderMarkdown(costTable(rows)),
    ...failureLines(failures),
    '## The process',
    renderMarkdown(processTable(rows)),
    '## Installation',
    'What each variant adds to the `node_modules` of the app:',
    renderMarkdown(installationTable(rows)),
    'Each of our packages alone in an empty folder, with the peers that npm installs by itself:',
    renderMarkdown(ownSizesTable(sizes)),
    '## The pieces of the hot path',
    'Each alone in a warm process, without a network; the least disturbed of many samples. A request is one of node:http with its duration recorded; its line is without what Node itself does.',
    renderMarkdown(microTable(micro)),
    '## How it was measured',
    conditions(run),
    '## How to repeat it',
    '```sh\nnpm run bench -- --quick    # what the targets name, in five to six minutes; the second run says how far it agrees with the first\nnpm run bench               # every app, route and sampling: about an hour; writes this page\nnpm run bench -- micro      # the pieces alone\nnpm run bench -- sizes      # the packages alone\nnpm run bench -- --app express-5 --route work --variant ours --sampling 0.1   # some of it; writes nothing without --keep\n```',
    'The figures as JSON are in `bench/results/`: `latest.json`, `micro.json` and `sizes.json`.',
    '',
  ].join('\n\n');
}

function failureLines(failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const lines = failures.map(
    ({ app, variant, reason }) =>
      `- ${app.title}, ${variant.title}: ${reason.split('\n').slice(0, 4).join(' ')}`,
  );
  return ['Left out:', lines.join('\n')];
}

const placements: Record<RunDescription['machine']['placement'], string> = {
  apart: 'the server on one core, everything else on another',
  shared:
    'everything on one processor, in batches (those of a virtual machine, and threads of one core, slow each other down)',
  anywhere: 'nothing pinned to a core',
};

function conditions({ date, node, machine, versions, amount }: RunDescription): string {
  const { processes, warmUp, warmUpLimit, rounds, turn, alone } = amount;
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `- ${date}, Node ${node.slice(1)}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB; ${placements[machine.placement]}.`,
    `- Each app and route: its servers, ${processes} of each case, run side by side, are warmed up with ${warmUp} requests each (${warmUpLimit} s at most; two servers at a time where a processor is idle meanwhile), and then take ${rounds} turns of ${turn} s each. CPU time is the mean of the cheapest ninth of the turns of a case, since whatever else runs on a machine only ever adds to it; in brackets the cheapest and the dearest turn. The overhead is that less bare's; in brackets what each process alone gives.`,
    '- The load is GET on 32 keep-alive connections, as fast as they go; a turn is three times as long for the route that works. It is written to sockets by a generator of the benchmark: autocannon took more of a processor for a request than the servers. Routes: hello is `GET /hello/world` at `/hello/:name`; a fetch calls another server; the third derives a key with a fixed number of rounds, about a millisecond, and makes one call to a real Redis. CPU time is read from the server itself at the start of each turn and when its spans have left: the export is inside, the warm-up is not.',
    '- Traces and metrics over OTLP http/protobuf to a counting collector; sampler `parentbased_traceidratio`; the same code and the same variables for all, with a queue of 100,000 spans and batches that leave after 200 ms at the latest. dd-trace sends MessagePack to the endpoints of an agent, and the spans of every request whatever the ratio, as the agent decides what is kept; its runtime metrics are on. Dropped is what the requests must have made less what arrived: a drop is not a speed-up. Spans a request are counted before the rounds. Bytes are bodies as sent, compressed where the variant compresses by default.',
    '- Ours starts by `--import @org/otel-core/register`, in Nest by `OtelModule.forRoot()`; the official packages by `--require`, for ESM by `--import` with their loader hook; Elastic by `--import`; dd-trace by `--require`, for ESM with its `register.js`. Elastic is without `@opentelemetry/api` 1.10 beside it, with which it delivers nothing.',
    `- Latency, throughput, event loop, RSS and heap are of ${alone} s of load after the rounds, one server at a time. At full load latency is little more than connections over throughput. The event loop is watched every millisecond, and again during a second of 10,000 requests for servers that can keep that pace. Start is from the start of the process to listening, while all others wait; files are counted by \`module.registerHooks\` in a start of its own.`,
    `- ${packages.join(', ')}.`,
  ].join('\n');
}
