import { goPart, MissingPart } from '../../tools/cache.ts';
import { startJaeger, startTempo, type TraceStore } from './start-stores.ts';

/** Where traces are opened: a store that can be started, and what it answers by a trace's id. */
export interface TraceStorePart {
  start(folder: string): Promise<TraceStore>;
  /** The ids of the trace's spans; undefined if it is not there. */
  spansOf(url: string, traceId: string): Promise<string[] | undefined>;
}

/** Tempo, or Jaeger with a line on stderr where Tempo cannot be had. */
export async function traceStorePart(): Promise<TraceStorePart> {
  try {
    const tempo = await goPart('tempo');
    return { start: (folder) => startTempo(tempo, folder), spansOf: spansInTempo };
  } catch (error) {
    if (!(error instanceof MissingPart)) throw error;
    const jaeger = await goPart('jaeger');
    process.stderr.write(`Jaeger stands in for Tempo: ${error.message}\n`);
    return { start: (folder) => startJaeger(jaeger, folder), spansOf: spansInJaeger };
  }
}

/** As Grafana's data source asks Tempo, which answers 200 with nothing for a trace that it does not have. */
async function spansInTempo(url: string, traceId: string): Promise<string[] | undefined> {
  type Spans = { scopeSpans: { spans: { spanId: string }[] }[] };
  const found = await ask<{ trace: { resourceSpans?: Spans[] } }>(
    `${url}/api/v2/traces/${traceId}`,
  );
  return found?.trace.resourceSpans?.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ spanId }) => hexOf(spanId))),
  );
}

async function spansInJaeger(url: string, traceId: string): Promise<string[] | undefined> {
  const found = await ask<{ data: { spans: { spanID: string }[] }[] }>(
    `${url}/api/traces/${traceId}`,
  );
  return found?.data.flatMap(({ spans }) => spans.map(({ spanID }) => spanID));
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex');
}

async function ask<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url);
  const text = await response.text();
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
