import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeliveryLine, type OnAway } from './delivery-line.ts';
import type { Encoding } from './encode.ts';
import { type Encoded, encodeInParts } from './encode-in-parts.ts';
import type { BatchExporter, ExportOutcome, LastParcel, Settle } from './export-outcome.ts';
import type { RetryBuffer } from './retry-buffer.ts';
import type { Body, Transport } from './transport.ts';

/** Items encoded at once. 512 spans with 128 attributes of 1 KB take 300 ms: 64 of them, 36. */
const SLICE = 64;

/** After so many milliseconds other work gets its turn. */
const TURN = 0.25;

/** Slices of one batch are sent together up to this many bytes. */
const REQUEST_BYTES = 4 * 1024 * 1024;

/** A batch on its way into the line. */
interface Job<T> {
  readonly settle: Settle;
  /** Not encoded yet. */
  rest: T | undefined;
  /** Not in the line yet. */
  encoded: Encoded[];
}

/** One signal over OTLP: its batches are encoded in slices, packed, and put in line, the first one when `ready` resolves. */
export function otlpExporter<T>(
  transport: Transport,
  encoding: Encoding<T>,
  buffer: RetryBuffer,
  onAway: OnAway,
  ready: Promise<void> = Promise.resolve(),
): BatchExporter<T> {
  const line = new DeliveryLine(transport, buffer, (answer) => outcomeOf(encoding, answer), onAway);
  const jobs = new Set<Job<T>>();
  let working = ready;

  function encode(batch: T, settle: Settle): Encoded[] {
    return encodeInParts(encoding, batch, (items, error) =>
      settle(items, { delivered: false, error }),
    );
  }

  function encodeSlice(job: Job<T>, batch: T): void {
    const [slice, rest] = encoding.cut(batch, SLICE);
    job.rest = rest;
    job.encoded.push(...encode(slice, job.settle));
  }

  /** A job that was taken away meanwhile is somebody else's. */
  async function work(job: Job<T>): Promise<void> {
    let turnStarted = performance.now();
    while (job.rest !== undefined && jobs.has(job)) {
      encodeSlice(job, job.rest);
      if (performance.now() - turnStarted > TURN) {
        await nextTurn();
        turnStarted = performance.now();
      }
      if (job.rest === undefined || bytesOf(job.encoded) >= REQUEST_BYTES) await putAllInLine(job);
    }
    jobs.delete(job);
  }

  async function putAllInLine(job: Job<T>): Promise<void> {
    while (job.encoded.length > 0 && jobs.has(job)) await putInLine(job);
  }

  async function putInLine(job: Job<T>): Promise<void> {
    const group = firstRequest(job.encoded);
    const body = await transport.pack(joined(encoding, group));
    await line.room(body.bytes.length);
    if (!jobs.has(job)) return;
    job.encoded = job.encoded.slice(group.length);
    const items = itemsOf(group);
    line.add(body, items, (outcome) => job.settle(items, outcome));
  }

  function takeJobs(): Job<T>[] {
    const taken = [...jobs];
    jobs.clear();
    return taken;
  }

  function lastParcels({ rest, encoded, settle }: Job<T>): LastParcel[] {
    const all = rest === undefined ? encoded : [...encoded, ...encode(rest, settle)];
    return all.flatMap(({ bytes, items }) =>
      lastParcel(transport.packSync(bytes), (outcome) => settle(items, outcome)),
    );
  }

  /** What cannot be sent while the process exits is lost, and counted. */
  function lastParcel(body: Body, settle: LastParcel['settle']): LastParcel[] {
    const packed = transport.parcel(body);
    if (packed) return [{ ...packed, settle }];
    settle({ delivered: false, dropped: true });
    return [];
  }

  return {
    export(batch, settle) {
      const job: Job<T> = { settle, rest: batch, encoded: [] };
      jobs.add(job);
      working = working.then(() => work(job));
      return working;
    },
    async flush() {
      await working;
      await line.flush();
    },
    giveUp() {
      for (const { rest, encoded, settle } of takeJobs()) {
        const items = itemsOf(encoded) + (rest === undefined ? 0 : encoding.count(rest));
        settle(items, { delivered: false, dropped: true });
      }
      line.giveUp();
    },
    takeRest(batch, settle) {
      const waiting = line.takeAll().flatMap((parcel) => lastParcel(parcel.body, parcel.settle));
      const last: Job<T> = { settle, rest: batch, encoded: [] };
      return [...waiting, ...[...takeJobs(), last].flatMap(lastParcels)];
    },
    shutdown: async () => transport.close(),
  };
}

function itemsOf(encoded: Encoded[]): number {
  return encoded.reduce((sum, { items }) => sum + items, 0);
}

function bytesOf(encoded: Encoded[]): number {
  return encoded.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** As many as one request should hold, one at least. */
function firstRequest(encoded: Encoded[]): Encoded[] {
  let length = 1;
  while (length < encoded.length && bytesOf(encoded.slice(0, length + 1)) <= REQUEST_BYTES) {
    length += 1;
  }
  return encoded.slice(0, length);
}

function joined<T>(encoding: Encoding<T>, group: Encoded[]): Uint8Array {
  const [first, ...more] = group.map(({ bytes }) => bytes);
  return first && more.length === 0 ? first : encoding.join(group.map(({ bytes }) => bytes));
}

/** An answer that cannot be read was an acknowledgement all the same. */
function outcomeOf<T>(encoding: Encoding<T>, answer: Uint8Array): ExportOutcome {
  try {
    const partial = encoding.partialSuccess(answer);
    if (!partial) return { delivered: true };
    const error = new Error(`it rejected ${partial.rejected} items: ${partial.message}`);
    return { delivered: true, rejected: partial.rejected, error };
  } catch {
    return { delivered: true };
  }
}
