import { context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { expectTrace } from '@org/otel-testing';
import { describe, expect, it } from 'vitest';
import { ask, type Observed, observe, serve } from '../../test/observe.ts';
import {
  addSpanAttributes,
  currentTraceFields,
  recordError,
  startSpan,
  withSpan,
} from '../index.ts';

async function seen({ collector, telemetry }: Observed) {
  await telemetry.forceFlush();
  return collector.store.spans();
}

class CardRefused extends Error {
  readonly code = 'refused';
}

describe('withSpan()', () => {
  it('puts sync and async work under spans that are active inside', async () => {
    await using observed = await observe();
    const sum = withSpan('outer', { kind: SpanKind.CONSUMER, attributes: { n: 1 } }, () => {
      addSpanAttributes({ added: true });
      return withSpan('inner', () => 1 + 1);
    });
    const later = await withSpan('later', async (span) => {
      await Promise.resolve();
      expect(currentTraceFields()?.spanId).toBe(span.spanContext().spanId);
      return 'done';
    });
    expect([sum, later, trace.getActiveSpan()]).toEqual([2, 'done', undefined]);
    await seen(observed);
    await expectTrace(observed.collector, {
      name: 'outer',
      kind: 'consumer',
      attributes: { n: 1, added: true },
      spans: [{ name: 'inner', kind: 'internal' }],
    });
    await expectTrace(observed.collector, { name: 'later' });
  });

  it.each([
    ['throws', () => withSpan('charge', () => refuse())],
    ['rejects', () => withSpan('charge', async () => refuse())],
  ])('records the error once where work %s, and hands it on', async (_, work) => {
    await using observed = await observe();
    const outer = async () => withSpan('order', async () => work());
    await expect(outer()).rejects.toThrow(CardRefused);
    await seen(observed);
    await expectTrace(observed.collector, {
      name: 'order',
      status: 'error',
      attributes: { 'error.type': 'CardRefused' },
      events: [],
      spans: [
        {
          name: 'charge',
          status: 'error',
          attributes: { 'error.type': 'CardRefused' },
          events: [{ name: 'exception', attributes: { 'exception.type': 'refused' } }],
        },
      ],
    });
  });

  it('runs a thenable inside the span, once', async () => {
    await using observed = await observe();
    let runs = 0;
    const query: PromiseLike<string> = {
      // biome-ignore lint/suspicious/noThenProperty: query builders are such objects.
      then(onValue, onError) {
        runs += 1;
        const inside = currentTraceFields()?.spanId ?? 'outside';
        return Promise.resolve(inside).then(onValue, onError);
      },
    };
    const spanId = await withSpan('query', () => query);
    const [span] = await seen(observed);
    expect([spanId, runs]).toEqual([span?.spanId, 1]);
  });

  it('starts a trace of its own with root, and work inside belongs to it', async () => {
    await using observed = await observe();
    void withSpan('request', () =>
      withSpan('job', { root: true }, () => withSpan('step', () => {})),
    );
    const spans = await seen(observed);
    const traceOf = (name: string) => spans.find((span) => span.name === name)?.traceId;
    expect(traceOf('job')).toBe(traceOf('step'));
    expect(traceOf('job')).not.toBe(traceOf('request'));
  });
});

describe('startSpan()', () => {
  it('ends with its scope, and run() makes it active', async () => {
    await using observed = await observe();
    {
      using span = startSpan('import', { attributes: { rows: 3 } });
      void span.run(() => withSpan('row', () => {}));
      expect(trace.getActiveSpan()).toBeUndefined();
    }
    {
      await using span = startSpan('later');
      await span.run(async () => withSpan('row', () => {}));
    }
    await seen(observed);
    for (const name of ['import', 'later'])
      await expectTrace(observed.collector, { name, spans: [{ name: 'row' }] });
  });
});

describe('recordError()', () => {
  it('of one argument writes on the active span, whatever the error is', async () => {
    await using observed = await observe();
    const errors = [new CardRefused('no money'), undefined, 'text', null];
    for (const error of errors) void withSpan('work', () => recordError(error));
    const spans = await seen(observed);
    const messages = spans.map(({ events }) =>
      events.map((event) => event.attributes['exception.message']),
    );
    expect(messages).toEqual([['no money'], ['undefined'], ['text'], ['null']]);
    expect(spans.map(({ status }) => status.code)).toEqual(['unset', 'unset', 'unset', 'unset']);
  });

  it('of two arguments writes on the request’s span', async () => {
    await using observed = await observe();
    await using served = await serve((request, response) => {
      context.with(ROOT_CONTEXT, () => recordError(request, new CardRefused('no money')));
      addSpanAttributes({ 'app.order': 7 });
      response.end();
    });
    await ask(served.url);
    const [span] = await seen(observed);
    expect(span?.events).toHaveLength(1);
    expect(span?.attributes['app.order']).toBe(7);
  });
});

describe('without init()', () => {
  it('the work is done and nothing is kept', async () => {
    addSpanAttributes({ any: 1 });
    recordError(new Error('unheard'));
    using span = startSpan('unseen');
    expect(span.isRecording()).toBe(false);
    expect(span.run(() => 'run')).toBe('run');
    expect(withSpan('unseen', (inner) => inner.isRecording())).toBe(false);
    await expect(withSpan('unseen', async () => refuse())).rejects.toThrow(CardRefused);
    expect(currentTraceFields()).toBeUndefined();
  });
});

function refuse(): never {
  throw new CardRefused('no money');
}
