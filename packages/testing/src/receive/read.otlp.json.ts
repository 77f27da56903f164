import type { TelemetryBatch } from '../telemetry.ts';
import { decodeJson, parseJson } from './decode/decode.json.ts';
import { batch } from './decode/decode.ts';
import { Malformed } from './decode/malformed.ts';
import { requests } from './decode/schema.ts';
import type { TelemetrySink } from './telemetry.sink.ts';

/**
 * Reads OTLP/JSON that did not come over HTTP: an object, or text with one object a line, as the Collector's file exporter writes it.
 * @throws Malformed when a line is not OTLP/JSON; the message names the line.
 * @example
 * store.add(readOtlpJson(readFileSync('traces.json', 'utf8')));
 */
export function readOtlpJson(input: string | object): TelemetryBatch {
  if (typeof input !== 'string') return readObject(input);
  return join(input.split('\n').flatMap(readLine));
}

/**
 * Feeds a sink from OTLP/JSON lines that arrive in pieces; a line is read when its end has arrived.
 * @example
 * createReadStream('traces.json', 'utf8').on('data', otlpJsonLines(store));
 */
export function otlpJsonLines(sink: TelemetrySink): (piece: string | Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  return function readPiece(piece) {
    rest += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    const end = rest.lastIndexOf('\n');
    if (end < 0) return;
    const lines = rest.slice(0, end);
    rest = rest.slice(end + 1);
    sink.add(readOtlpJson(lines));
  };
}

function readLine(line: string, index: number): TelemetryBatch[] {
  if (line.trim() === '') return [];
  try {
    return [readObject(parseJson(line))];
  } catch (error) {
    throw new Malformed(`line ${index + 1}: ${(error as Error).message}`);
  }
}

// The request messages of the three signals differ only in the name of their one field.
const anySignal = {
  name: 'OTLP',
  fields: { ...requests.traces.fields, ...requests.logs.fields, ...requests.metrics.fields },
  byNumber: new Map(),
};

function readObject(json: unknown): TelemetryBatch {
  return batch(decodeJson(anySignal, json));
}

function join(batches: readonly TelemetryBatch[]): TelemetryBatch {
  return {
    spans: batches.flatMap((one) => one.spans),
    logs: batches.flatMap((one) => one.logs),
    metrics: batches.flatMap((one) => one.metrics),
  };
}
