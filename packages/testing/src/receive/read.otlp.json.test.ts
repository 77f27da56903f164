import { expect, test } from 'vitest';
import { requestJson } from '../../test/otlp.request.ts';
import { createStore } from '../store/telemetry.store.ts';
import { otlpJsonLines, readOtlpJson } from './read.otlp.json.ts';

const lines = Object.values(requestJson).map((request) => `${JSON.stringify(request)}\n`);

test('lines of a file exporter are read, of all signals, with blank ones between', () => {
  const batch = readOtlpJson(lines.join('\n'));
  expect([batch.spans.length, batch.logs.length, batch.metrics.length]).toEqual([1, 1, 1]);
  expect(batch.spans[0]).toMatchObject({ service: 'shop', name: 'GET /' });
});

test('an object may hold several signals', () => {
  const batch = readOtlpJson({ ...requestJson.traces, ...requestJson.logs });
  expect([batch.spans.length, batch.logs.length, batch.metrics.length]).toEqual([1, 1, 0]);
});

test('a line that is not OTLP is named', () => {
  expect(() => readOtlpJson(`${lines[0]}{"resourceSpans": [`)).toThrow(/^line 2: not JSON/);
  expect(() => readOtlpJson(`${lines[0]}\n{"resourceSpans": [7]}`)).toThrow(
    /^line 3: OTLP\.resourceSpans\[0\]: expected an object, got 7/,
  );
});

test('lines that arrive in pieces, cut inside a character, are read when they end', () => {
  const store = createStore();
  const read = otlpJsonLines(store);
  const text = JSON.stringify(requestJson.logs).replace('hello', 'Grüße');
  const bytes = Buffer.from(`${text}\n${text}`);
  for (const byte of bytes) read(Uint8Array.of(byte));
  expect(store.logs().map((log) => log.body)).toEqual(['Grüße']);
  read('\n');
  expect(store.counts.logs).toBe(2);
});
