import { EventEmitter } from 'node:events';
import { type Context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { AsyncContext } from './async-context.ts';
import { ContextWithSpan } from './context-with-span.ts';

const key = createContextKey('test');
const marked = (value: string): Context => ROOT_CONTEXT.setValue(key, value);

describe('AsyncContext', () => {
  it('keeps a context over promises, timers and nested calls', async () => {
    const manager = new AsyncContext();
    await manager.with(marked('a'), async () => {
      await new Promise((resolve) => setImmediate(resolve));
      expect(manager.active().getValue(key)).toBe('a');
      manager.with(marked('b'), () => expect(manager.active().getValue(key)).toBe('b'));
      expect(manager.active().getValue(key)).toBe('a');
    });
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it('passes this and arguments', () => {
    const manager = new AsyncContext();
    const owner = { factor: 3 };
    function times(this: typeof owner, value: number) {
      return value * this.factor;
    }
    expect(manager.with(ROOT_CONTEXT, times, owner, 4)).toBe(12);
  });

  it('binds a function, keeping its length, and an emitter', () => {
    const manager = new AsyncContext();
    const bound = manager.bind(marked('f'), (_a: number, _b: number) =>
      manager.active().getValue(key),
    );
    expect(bound(1, 2)).toBe('f');
    expect(bound.length).toBe(2);
    const emitter = manager.bind(marked('e'), new EventEmitter());
    let seen: unknown;
    emitter.on('go', () => {
      seen = manager.active().getValue(key);
    });
    emitter.emit('go');
    expect(seen).toBe('e');
  });
});

describe('ContextWithSpan', () => {
  const span = trace.wrapSpanContext({
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    traceFlags: 1,
  });
  const other = trace.wrapSpanContext({
    traceId: 'c'.repeat(32),
    spanId: 'd'.repeat(16),
    traceFlags: 1,
  });

  it('answers as a context made by the API', () => {
    const lean = new ContextWithSpan(marked('x'), span);
    expect(trace.getSpan(lean)).toBe(span);
    expect(lean.getValue(key)).toBe('x');
    expect(trace.getSpan(trace.setSpan(lean, other))).toBe(other);
    expect(trace.getSpan(trace.deleteSpan(lean))).toBeUndefined();
    expect(lean.setValue(key, 'y').getValue(key)).toBe('y');
    expect(trace.getSpan(lean.setValue(key, 'y'))).toBe(span);
    expect(lean.deleteValue(key).getValue(key)).toBeUndefined();
    expect(trace.getSpan(lean.deleteValue(key))).toBe(span);
  });
});
