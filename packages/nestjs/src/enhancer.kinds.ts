import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { context, trace } from '@opentelemetry/api';
import type { EnhancerSpansOptions } from './enhancer.spans.ts';
import { SpanWork } from './span.work.ts';
import { traceCall } from './trace.call.ts';

type Call = (args: unknown[]) => unknown;

/** One of the kinds of classes that Nest calls around a handler. */
export interface EnhancerKind {
  readonly option: keyof EnhancerSpansOptions;
  readonly method: string;
  /** Whether Nest calls: a service of the application may have a method of that name. */
  isCall(args: unknown[]): boolean;
  trace(name: string, args: unknown[], call: Call): unknown;
}

export const enhancerKinds: readonly EnhancerKind[] = [
  { option: 'guards', method: 'canActivate', isCall: isExecution, trace: traceWhole('guard') },
  { option: 'interceptors', method: 'intercept', isCall: isExecution, trace: traceUntilHandle },
  { option: 'pipes', method: 'transform', isCall: isTransform, trace: traceWhole('pipe') },
  { option: 'middleware', method: 'use', isCall: isMiddleware, trace: traceUntilNext },
];

function isExecution([execution]: unknown[]): boolean {
  return typeof (execution as ExecutionContext | undefined)?.getHandler === 'function';
}

function isTransform([, metadata]: unknown[]): boolean {
  return typeof metadata === 'object' && metadata !== null && 'type' in metadata;
}

function isMiddleware([request, response, next]: unknown[]): boolean {
  if (typeof request !== 'object' || typeof next !== 'function') return false;
  return typeof (response as Partial<EventEmitter> | null | undefined)?.once === 'function';
}

/** Undefined where nobody will see the span: no request is served, or one that is not sampled. */
function start(name: string, kind: string): SpanWork | undefined {
  if (!trace.getActiveSpan()?.isRecording()) return undefined;
  const options = { attributes: { 'code.function.name': name, 'nestjs.type': kind } };
  return kind === 'pipe' ? SpanWork.start(name, options) : SpanWork.serve(name, options);
}

function traceWhole(kind: 'guard' | 'pipe'): EnhancerKind['trace'] {
  return function trace(name, args, call) {
    const work = start(name, kind);
    return work ? traceCall(work, () => call(args)) : call(args);
  };
}

/**
 * The handler, and what it calls, stay below the controller's span: the interceptor's ends where it hands over. What
 * the interceptor does on the way back is left alone then.
 */
function traceUntilHandle(name: string, args: unknown[], call: Call): unknown {
  const [execution, next] = args as [ExecutionContext, CallHandler];
  const work = start(name, 'interceptor');
  if (!work) return call(args);
  const outer = context.active();
  const handed: CallHandler = {
    handle() {
      work.end();
      return context.with(outer, () => next.handle());
    },
  };
  return traceCall(work, () => call([execution, handed, ...args.slice(2)]));
}

function traceUntilNext(name: string, args: unknown[], call: Call): unknown {
  const [request, response, next] = args as [IncomingMessage, EventEmitter, Call];
  const work = start(name, 'middleware');
  if (!work) return call(args);
  const outer = context.active();
  response.once('close', () => work.end());
  function goOn(...given: unknown[]): unknown {
    endWith(work as SpanWork, given[0]);
    return context.with(outer, () => Reflect.apply(next, undefined, given));
  }
  return traceMiddleware(work, () => call([request, response, goOn, ...args.slice(3)]));
}

/** Express: `next('route')` and `next('router')` are no errors. */
function endWith(work: SpanWork, error: unknown): void {
  if (error === undefined || error === null || typeof error === 'string') work.end();
  else work.fail(error);
}

/** Its return does not end a middleware, `next()` does; what it throws or rejects with ends it. */
function traceMiddleware(work: SpanWork, call: () => unknown): unknown {
  try {
    const result = work.run(call);
    if (result instanceof Promise) result.catch((error: unknown) => work.fail(error));
    return result;
  } catch (error) {
    work.fail(error);
    throw error;
  }
}
