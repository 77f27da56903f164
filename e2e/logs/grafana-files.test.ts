import { describe, expect, it } from 'vitest';
import { linksOf, readDataSource } from './grafana-files.ts';

const id = '0af7651916cd43dd8448eb211c80319c';
const zeros = '0'.repeat(32);
const loki = await readDataSource('loki', { LOKI_URL: 'http://loki:3100' });
const fields = loki.jsonData.derivedFields ?? [];

function queriesFor(line: string, labels: Record<string, string> = {}): string[] {
  return linksOf(fields, { line, labels }).map(({ query }) => query);
}

describe('the derived fields of the Loki data source', () => {
  it('have names of their own, as Grafana groups them by name', () => {
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    expect(loki.url).toBe('http://loki:3100');
  });

  it.each([
    ['traceID', `{"level":"info","traceID":"${id}","spanID":"b7ad6b7169203331"}`],
    ['traceID with a mark', `{"sampled":true,"message":"a\\nb","traceID":"${id}"}`],
    ['nested', `{"trace":{"traceID":"${id}"}}`],
    ['trace_id', `{"trace_id":"${id}","trace_flags":"01"}`],
    ['trace_id with a random flag', `{"trace_id":"${id}","trace_flags":"03"}`],
    ['trace_id in pretty JSON', `{\n  "trace_id": "${id}"\n}`],
    ['otelTraceID', `{"otelTraceID": "${id}", "otelTraceSampled": true}`],
    ['the text form', `paid [trace_id=${id} span_id=b7ad6b7169203331]`],
    ['the text form of Python', `[trace_id=${id} span_id=b7 trace_sampled=True] - paid`],
    ['the text form in JSON', `{"message":"paid [trace_id=${id} span_id=b7ad6b7169203331]"}`],
    ['many lines', `Error: a\n  at b\n[trace_id=${id} span_id=b7ad6b7169203331]`],
  ])('make one link of %s', (_form, line) => {
    expect(queriesFor(line)).toEqual([id]);
  });

  it.each([
    ['no ids', 'paid'],
    ['zeros', `{"traceID":"${zeros}"}`],
    ['zeros of Python', `{"otelTraceID": "${zeros}"}`],
    ['zeros in text', `[trace_id=${zeros} span_id=${zeros}]`],
    ['sampled: false', `{"traceID":"${id}","sampled":false}`],
    ['flags 00', `{"trace_flags":"00","trace_id":"${id}"}`],
    ['flags 02: random, not sampled', `{"trace_flags":"02","trace_id":"${id}"}`],
    ['nested flags 00', `{"trace":{"trace_id":"${id}","trace_flags":"00"}}`],
    ['otelTraceSampled', `{"otelTraceID": "${id}", "otelTraceSampled": false}`],
    ['otelTraceSampled as text', `{"otelTraceID": "${id}", "otelTraceSampled": "False"}`],
    ['an unsampled text', `[trace_id=${id} span_id=b7 trace_sampled=False]`],
    ['a text with flags 00', `[trace_id=${id} span_id=b7 trace_flags=00]`],
    ['a text with flags 02', `[trace_id=${id} span_id=b7 trace_flags=02]`],
    ['an id that is too short', `{"traceID":"${id.slice(1)}"}`],
  ])('make none of %s', (_form, line) => {
    expect(queriesFor(line)).toEqual([]);
  });

  it('take structured metadata of sampled traces only', () => {
    expect(queriesFor('paid', { trace_id: id, sampled_trace_id: id })).toEqual([id]);
    expect(queriesFor('paid', { trace_id: id })).toEqual([]);
  });
});

describe('the data sources', () => {
  it('point at each other', async () => {
    const all = await Promise.all(
      ['loki', 'tempo', 'prometheus'].map((name) => readDataSource(name)),
    );
    const known = all.map(({ uid }) => uid);
    const used = JSON.stringify(all).matchAll(/"datasourceUid":"([^"]*)"/g);
    for (const [, uid] of used) expect(known).toContain(uid);
  });

  it('leave the variables of Grafana to Grafana', async () => {
    const { jsonData } = await readDataSource('tempo');
    expect(jsonData.tracesToLogsV2?.query).toContain('trace_id="$' + '{__span.traceId}"');
    expect(JSON.stringify(jsonData['tracesToMetrics'])).toContain('{$__tags}');
  });
});
