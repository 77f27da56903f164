import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Observed, observe, type Served, serve } from '../../test/observe.ts';

/** The facts of the W3C Trace Context test suite, strict and level 2: a service asked with headers, and what it sends on. */
const callerId = '12345678901234567890123456789012';
const callerSpan = '1234567890123456';
const good = `00-${callerId}-${callerSpan}-00`;
const member = (count: number) =>
  Array.from({ length: count }, (_, n) => `bar${n + 1}=${n + 1}`).join(',');

let observed: Observed;
let upstream: Served;
let service: Served;
let sentOn: { traceparent: string; tracestate: string | undefined }[] = [];

beforeAll(async () => {
  observed = await observe();
  upstream = await serve(({ headers }, response) => {
    sentOn.push({
      traceparent: String(headers['traceparent']),
      tracestate: headers['tracestate'] as string | undefined,
    });
    response.end();
  });
  service = await serve(async (request, response) => {
    const calls = Number(request.headers['x-calls'] ?? 1);
    for (let n = 0; n < calls; n++) await (await fetch(upstream.url)).arrayBuffer();
    response.end();
  });
});
afterAll(async () => {
  for (const part of [service, upstream, observed]) await part[Symbol.asyncDispose]();
});

/** Asks the service with header lines as they are, and gives what it sent on. */
async function pass(...lines: [name: string, value: string][]) {
  sentOn = [];
  const headers = ['host', 'x', ...lines.flat()];
  const request = httpRequest(service.url, { headers });
  request.end();
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  const [, traceId, spanId, flags] = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(
    sentOn.at(-1)?.traceparent ?? '',
  ) as string[];
  return { traceId, spanId, flags, state: sentOn.at(-1)?.tracestate };
}

const withState = (...states: string[]) =>
  pass(['traceparent', good], ...states.map((state): [string, string] => ['tracestate', state]));

describe('traceparent', () => {
  it('begins a trace where there is none, with a random id that says so', async () => {
    expect((await pass()).flags).toBe('03');
  });

  it('is continued with a span id of its own', async () => {
    const { traceId, spanId } = await pass(['traceparent', good]);
    expect(traceId).toBe(callerId);
    expect(spanId).not.toBe(callerSpan);
  });

  it.each(['TraceParent', 'TrAcEpArEnT', 'TRACEPARENT'])('is known as %s', async (name) => {
    expect((await pass([name, good])).traceId).toBe(callerId);
  });

  it.each(['trace-parent', 'trace.parent'])('is not known as %s', async (name) => {
    expect((await pass([name, good])).traceId).not.toBe(callerId);
  });

  it('that comes twice is none', async () => {
    const other = good.replace(callerId, 'a'.repeat(32));
    const { traceId } = await pass(['traceparent', good], ['traceparent', other]);
    expect([callerId, 'a'.repeat(32)]).not.toContain(traceId);
    const { traceId: twice } = await pass(['traceparent', good], ['traceparent', good]);
    expect(twice).not.toBe(callerId);
  });

  it.each([
    ` ${good}`,
    `\t${good}`,
    `${good} `,
    `${good}\t`,
    `\t ${good} \t`,
    `cc${good.slice(2)}`,
    `cc${good.slice(2)}-what-the-future-will-be-like`,
  ])('%j is continued', async (header) => {
    expect((await pass(['traceparent', header])).traceId).toBe(callerId);
  });

  it.each([
    `${good}.`,
    `${good}-what-the-future-will-be-like`,
    `cc${good.slice(2)}.what-the-future-will-be-like`,
    `ff${good.slice(2)}`,
    `.0${good.slice(2)}`,
    `0.${good.slice(2)}`,
    `0${good}`,
    `00${good}`,
    good.slice(1),
    `00-${'0'.repeat(32)}-${callerSpan}-01`,
    `00-.${callerId.slice(1)}-${callerSpan}-01`,
    `00-${callerId.slice(1)}.-${callerSpan}-01`,
    `00-${callerId}3-${callerSpan}-01`,
    `00-${callerId.slice(1)}-${callerSpan}-01`,
    `00-${callerId}-${'0'.repeat(16)}-01`,
    `00-${callerId}-.${callerSpan.slice(1)}-01`,
    `00-${callerId}-${callerSpan.slice(1)}.-01`,
    `00-${callerId}-${callerSpan}7-01`,
    `00-${callerId}-${callerSpan.slice(1)}-01`,
    `00-${callerId}-${callerSpan}-.0`,
    `00-${callerId}-${callerSpan}-0.`,
    `00-${callerId}-${callerSpan}-001`,
    `00-${callerId}-${callerSpan}-1`,
    `00-${callerId.replaceAll('1', 'A')}-${callerSpan}-01`,
    `${good}-${'x'.repeat(8000)}`,
    '',
  ])('%s begins a new trace', async (header) => {
    const { traceId } = await pass(['traceparent', header], ['tracestate', 'foo=1']);
    expect(traceId).not.toContain(callerId.slice(1, -1));
    expect(traceId).not.toBe('0'.repeat(32));
    expect(sentOn.at(-1)?.tracestate).toBeUndefined();
  });

  it.each([
    ['00', '00'],
    ['01', '01'],
    ['02', '02'],
    ['03', '03'],
    ['08', '00'],
    ['ff', '03'],
  ])('flags %s are passed on as %s', async (flags, known) => {
    expect((await pass(['traceparent', good.slice(0, -2) + flags])).flags).toBe(known);
  });
});

describe('tracestate', () => {
  it('is nothing without traceparent, and under another name', async () => {
    expect((await pass(['tracestate', 'foo=1'])).state).toBeUndefined();
    expect((await pass(['traceparent', good], ['trace-state', 'foo=1'])).state).toBeUndefined();
    expect((await pass(['traceparent', good], ['trace.state', 'foo=1'])).state).toBeUndefined();
  });

  it.each(['TraceState', 'TrAcEsTaTe', 'TRACESTATE'])('is known as %s', async (name) => {
    expect((await pass(['traceparent', good], [name, 'foo=1'])).state).toBe('foo=1');
  });

  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(0x61 + n)).join('');
  const values = Array.from({ length: 0x5f }, (_, n) => String.fromCharCode(0x20 + n));
  const everyValue = values.filter((letter) => letter !== ',' && letter !== '=').join('');

  it.each([
    ['one header', ['foo=1,bar=2'], 'foo=1,bar=2'],
    [
      'several headers in their order',
      ['foo=1,bar=2', 'rojo=1,congo=2', 'baz=3'],
      'foo=1,bar=2,rojo=1,congo=2,baz=3',
    ],
    ['an empty line after', ['foo=1', ''], 'foo=1'],
    ['an empty line before', ['', 'foo=1'], 'foo=1'],
    ['white space', ['foo=1 \t , \t bar=2, \t baz=3'], 'foo=1,bar=2,baz=3'],
    ['white space around tabs', ['foo=1\t \t,\t \tbar=2,\t \tbaz=3'], 'foo=1,bar=2,baz=3'],
    ['white space around all', ['\t foo=1 \t'], 'foo=1'],
    [
      'every letter',
      [`${letters}0123456789_-*/=${everyValue}`],
      `${letters}0123456789_-*/=${everyValue}`,
    ],
    [
      'a vendor',
      [`${letters}0123456789_-*/@a-z0-9_-*/=${everyValue}`],
      `${letters}0123456789_-*/@a-z0-9_-*/=${everyValue}`,
    ],
    ['32 members', [member(16), member(32).slice(member(16).length + 1)], member(32)],
    ['a key of 256', ['foo=1', `${'z'.repeat(256)}=1`], `foo=1,${'z'.repeat(256)}=1`],
    ['level 2: @ anywhere but first', ['foo@=1,foo@@bar=1,a@b@c=1'], 'foo@=1,foo@@bar=1,a@b@c=1'],
    [
      'level 2: no limit on the parts of a key',
      [`${'t'.repeat(242)}@v=1,t@${'v'.repeat(15)}=1`],
      `${'t'.repeat(242)}@v=1,t@${'v'.repeat(15)}=1`,
    ],
    ['a key that begins with a digit', ['1a=1'], '1a=1'],
  ])('%s is passed on', async (_, states, expected) => {
    expect((await withState(...states)).state).toBe(expected);
  });

  it.each([
    ['empty', ['']],
    ['a key twice', ['foo=1,foo=1']],
    ['a key twice, other values', ['foo=1,foo=2']],
    ['a key twice in two headers', ['foo=1', 'foo=1']],
    ['a blank before =', ['foo =1']],
    ['capitals', ['FOO=1']],
    ['a dot', ['foo.bar=1']],
    ['@ first', ['@foo=1,bar=2']],
    ['33 members', [member(33)]],
    ['a key of 257', ['foo=1', `${'z'.repeat(257)}=1`]],
    ['= in a value', ['foo=bar=baz']],
    ['no value', ['foo=,bar=3']],
    ['no =', ['foo']],
    ['a value of 257', [`foo=${'v'.repeat(257)}`]],
  ])('%s discards all of it, and not the trace', async (_, states) => {
    const { traceId, state } = await withState(...states);
    expect(state).toBeUndefined();
    expect(traceId).toBe(callerId);
  });
});

describe('several requests of one service', () => {
  it.each([
    ['in one trace', good, callerId],
    ['in none', undefined, undefined],
    ['in a broken one', `00-${'0'.repeat(32)}-${callerSpan}-01`, undefined],
  ])('%s have span ids of their own', async (_, traceparent, traceId) => {
    const lines: [string, string][] = [['x-calls', '3']];
    if (traceparent) lines.push(['traceparent', traceparent]);
    await pass(...lines);
    const sent = sentOn.map((each) => each.traceparent.split('-'));
    expect(new Set(sent.map(([, , span]) => span)).size).toBe(3);
    const ids = new Set(sent.map(([, id]) => id));
    expect(ids.size).toBe(1);
    if (traceId) expect([...ids]).toEqual([traceId]);
    expect(ids).not.toContain('0'.repeat(32));
    expect(trace.getActiveSpan()).toBeUndefined();
  });
});
