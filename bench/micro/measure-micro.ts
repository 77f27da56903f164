import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { init } from '@org/otel-core';
import { measurePieces, type PieceResult } from './measure-pieces.ts';
import type { Piece } from './piece.ts';
import { type FinishedSpan, flatness, nodesOwnPieces, pieces, serveSampled } from './pieces.ts';

/** A piece without what it was measured over. */
export interface MicroResult extends PieceResult {
  readonly over?: string;
}

type Processors = NonNullable<NonNullable<Parameters<typeof init>[0]>['spanProcessors']>;
type Processor = Processors[number];

/** Initialises this process and measures every piece in it: Node's own part first, while nothing observes it. */
export async function measureMicro(): Promise<MicroResult[]> {
  const own = await measurePieces(nodesOwnPieces());
  const finished: FinishedSpan[] = [];
  await using receiver = await startReceiver();
  const telemetry = init({
    serviceName: 'bench',
    exporter: { otlpHttp: { endpoint: receiver.url } },
    sampler: { parentBased: { root: { alwaysOff: {} } } },
    traces: { exporters: [] },
    spanProcessors: [keeping(finished, 512)],
  });
  while (finished.length < 512) serveSampled();
  const all: Piece[] = [...pieces(finished), ...flatness()];
  const results = [...own, ...(await measurePieces(all))];
  await telemetry.shutdown();
  return [...own, ...all.map((piece) => without(piece, results))];
}

/** Takes the metrics, which are on as with everybody. */
async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The first of the spans, for the encoder; nothing is exported. */
function keeping(finished: FinishedSpan[], amount: number): Processor {
  const done = () => Promise.resolve();
  return {
    onStart() {},
    onEnd(span) {
      // what our recorder hands out has all that the encoder reads
      if (finished.length < amount) finished.push(span as FinishedSpan);
    },
    forceFlush: done,
    shutdown: done,
  };
}

function without({ name, over }: Piece, results: readonly PieceResult[]): MicroResult {
  const own = resultOf(results, name);
  if (over === undefined) return own;
  return { ...own, nanoseconds: own.nanoseconds - resultOf(results, over).nanoseconds, over };
}

function resultOf(results: readonly PieceResult[], name: string): PieceResult {
  const found = results.find((result) => result.name === name);
  if (!found) throw new Error(`${name} was not measured`);
  return found;
}
