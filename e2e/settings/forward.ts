import type { Collector } from '@org/otel-testing';

/** Hands what came over another way to a collector, as OTLP over HTTP; resolves with its answer's body. */
export async function forward(
  collector: Collector,
  path: string,
  headers: Record<string, string>,
  body: Uint8Array,
): Promise<Uint8Array> {
  const url = collector.url + path;
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
  return new Uint8Array(await response.arrayBuffer());
}
