import { context, type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';
import { errorType } from '../channels/error-type.ts';
import { recordException } from '../channels/record-exception.ts';
import { ContextWithSpan } from '../context/context-with-span.ts';
import { harmless, orElse } from '../lifecycle/harmless.ts';
import { spanOrNone } from './span-or-none.ts';

type Work<T> = (span: Span) => T;

/**
 * Runs a function under a new span and returns what it returns. The span is active inside. It ends
 * when the function returns, or when what it returned settles. What it throws or rejects with is
 * recorded once, sets status ERROR and `error.type`, and goes on to the caller unchanged.
 *
 * A thenable that is no promise, such as a query builder, is run inside the span; a promise of its
 * result comes back. Without `init()` the function runs with a span that keeps nothing.
 *
 * @param name - Name of the span: of low cardinality, without ids.
 * @param options - Kind, attributes, links, start time, `root`. Default: kind internal, none of the others.
 *
 * @example
 * ```ts
 * const receipt = await withSpan('charge card', async (span) => {
 *   span.setAttribute('app.amount', amount);
 *   return charge(amount);
 * });
 * ```
 */
export function withSpan<T>(name: string, work: Work<PromiseLike<T>>): Promise<T>;
export function withSpan<T>(name: string, work: Work<T>): T;
export function withSpan<T>(
  name: string,
  options: SpanOptions | undefined,
  work: Work<PromiseLike<T>>,
): Promise<T>;
export function withSpan<T>(name: string, options: SpanOptions | undefined, work: Work<T>): T;
export function withSpan(
  name: string,
  ...rest: [Work<unknown>] | [SpanOptions | undefined, Work<unknown>]
): unknown {
  const work = rest.at(-1) as Work<unknown>;
  const options = rest.length > 1 ? (rest[0] as SpanOptions | undefined) : undefined;
  const span = spanOrNone(name, options);
  const isRoot = orElse(
    () => options?.root,
    () => false,
  );
  const parent = isRoot ? trace.deleteSpan(context.active()) : context.active();
  return context.with(new ContextWithSpan(parent, span), run, undefined, work, span);
}

function run(work: Work<unknown>, span: Span): unknown {
  try {
    const result = work(span);
    if (isThenable(result)) return settled(result, span);
    span.end();
    return result;
  } catch (error) {
    fail(span, error);
    throw error;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return orElse(
    () => typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function',
    () => false,
  );
}

async function settled(result: PromiseLike<unknown>, span: Span): Promise<unknown> {
  try {
    const value = await result;
    span.end();
    return value;
  } catch (error) {
    fail(span, error);
    throw error;
  }
}

/** Whatever was thrown, the caller gets that, and no failure of telling it. */
function fail(span: Span, error: unknown): void {
  harmless(() => recordException(span, error));
  harmless(() => span.setAttribute('error.type', errorType(error)));
  harmless(() =>
    span.setStatus({
      code: SpanStatusCode.ERROR,
      message: error instanceof Error ? error.message : String(error),
    }),
  );
  span.end();
}
