import { outcomeOf } from '../export/delivery.ts';
import type { LastParcel } from '../export/export-outcome.ts';
import { type SenderData, senderCode } from './exit-sender.ts';

/** What an exit needs to know. */
export interface Deliverable {
  /** Whether something waits that was not acknowledged yet. */
  pending(): boolean;
  /** Hands out everything that is not acknowledged; whoever takes it settles it. */
  takeRest(): LastParcel[];
  stats(): Record<'traces' | 'logs', { readonly dropped: number; readonly failed: number }>;
}

/**
 * Delivers what is left while the process exits: the event loop has ended, so a thread of its own sends
 * it and this one waits, for the time given at most. What is lost then is counted and said. Never throws.
 */
export function deliverAtExit(telemetry: Deliverable, milliseconds: number): void {
  try {
    if (!telemetry.pending()) return;
    const before = lost(telemetry);
    const parcels = telemetry.takeRest();
    const statuses = parcels.length > 0 ? sendInThread(parcels, milliseconds) : [];
    for (const [n, parcel] of parcels.entries()) parcel.settle(settled(statuses[n] ?? 0));
    sayLosses(lost(telemetry), before);
  } catch {
    // The exit goes on.
  }
}

/** The answer's status for each; 0 where there was none. */
function sendInThread(parcels: LastParcel[], milliseconds: number): ArrayLike<number> {
  const shared = new SharedArrayBuffer(4 * (parcels.length + 1));
  const statuses = new Int32Array(shared, 4);
  const workerData: SenderData = {
    shared,
    parcels: parcels.map(({ settle, ...packed }) => packed),
  };
  try {
    // Without the options of the process: an --import would start telemetry there too.
    const options = { eval: true, execArgv: [], env: {}, workerData };
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    new Worker(senderCode, options).on('error', () => {}).unref();
    Atomics.wait(new Int32Array(shared), 0, 0, milliseconds);
  } catch {
    // No thread may be started (node --permission): nothing is sent.
  }
  return statuses.slice();
}

function settled(status: number) {
  const { acknowledged, reason } = outcomeOf({ status, headers: {}, body: new Uint8Array() });
  if (acknowledged) return { delivered: true };
  if (status > 0 && reason) return { delivered: false, error: reason };
  // Said once for all of them, with their number.
  return { delivered: false, dropped: true };
}

interface Losses {
  readonly spans: number;
  readonly records: number;
}

function lost(telemetry: Deliverable): Losses {
  const { traces, logs } = telemetry.stats();
  return { spans: traces.dropped + traces.failed, records: logs.dropped + logs.failed };
}

function sayLosses(now: Losses, before: Losses): void {
  const spans = now.spans - before.spans;
  const records = now.records - before.records;
  if (spans + records === 0) return;
  process.stderr.write(
    `[otel] the process exited before ${spans} spans and ${records} log records were delivered; they are lost\n`,
  );
}
