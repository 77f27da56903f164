import type { Answer } from './receive/answer.ts';
import type { Encoding } from './receive/decode/decode.ts';
import { Malformed } from './receive/decode/malformed.ts';
import { otlpJsonLines, readOtlpJson } from './receive/read.otlp.json.ts';
import {
  type ReceivedRequest,
  type Receiver,
  type ReceiverOptions,
  type RefusedRequest,
  type Respond,
  startReceiver,
} from './receive/receiver.ts';
import type { TelemetrySink } from './receive/telemetry.sink.ts';
import { createStore, type TelemetryStore } from './store/telemetry.store.ts';

/** Settings of `startCollector`: those of the receiver, whose sink is the collector's own store. */
export interface CollectorOptions
  extends Omit<ReceiverOptions, 'sink' | 'onRequest' | 'onRefused'> {}

/** A receiver with a store behind it. */
export interface Collector extends Receiver {
  readonly store: TelemetryStore;
  /** Every export request that was understood, whatever it was answered. */
  readonly requests: readonly ReceivedRequest[];
  /** Every request that was not OTLP, and why. Empty when all senders are well. */
  readonly refused: readonly RefusedRequest[];
  /** Forgets the telemetry, the requests and the refusals so far. */
  clear(): void;
}

/**
 * Starts an in-process OTLP/HTTP collector on a free port of 127.0.0.1 and resolves when it listens.
 * @throws Error when the port is taken, or `port` is not a whole number from 0 to 65535.
 * @example
 * const collector = await startCollector();
 * process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
 * await collector.store.waitFor((store) => store.counts.spans >= 2);
 * await collector.close();
 */
export async function startCollector(options: CollectorOptions = {}): Promise<Collector> {
  const store = createStore();
  const requests: ReceivedRequest[] = [];
  const refused: RefusedRequest[] = [];
  const receiver = await startReceiver({
    ...options,
    sink: store,
    onRequest: (request) => void requests.push(request),
    onRefused: (request) => void refused.push(request),
  });
  return { ...receiver, store, requests, refused, clear, close, [Symbol.asyncDispose]: close };

  function clear(): void {
    store.clear();
    requests.length = 0;
    refused.length = 0;
  }
  async function close(): Promise<void> {
    store.close();
    await receiver.close();
  }
}

export type { RenderOptions } from './show/paint.ts';
export { renderLog } from './show/render.log.ts';
export { renderMetric } from './show/render.metric.ts';
export { renderTrace } from './show/render.trace.ts';
export type { TelemetryCounts, WaitOptions } from './store/telemetry.store.ts';
export { type SpanNode, type Trace, traceTree } from './store/trace.ts';
export type * from './telemetry.ts';
export {
  type Answer,
  createStore,
  type Encoding,
  Malformed,
  otlpJsonLines,
  type ReceivedRequest,
  type Receiver,
  type ReceiverOptions,
  type RefusedRequest,
  type Respond,
  readOtlpJson,
  startReceiver,
  type TelemetrySink,
  type TelemetryStore,
};
