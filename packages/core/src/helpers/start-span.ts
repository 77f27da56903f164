import { context, type Span, type SpanOptions } from '@opentelemetry/api';
import { ContextWithSpan } from '../context/context-with-span.ts';
import { spanOrNone } from './span-or-none.ts';

/**
 * A span that a scope ends: `using`, `await using`, or `end()`.
 *
 * @example
 * ```ts
 * using span: ScopedSpan = startSpan('import');
 * ```
 */
export interface ScopedSpan extends Span, Disposable, AsyncDisposable {
  /** Runs a function with this span active and returns what it returns; neither ends the span nor records errors. */
  run<T>(work: () => T): T;
}

/**
 * Starts a span that ends with the scope it is declared in, however that is left. It is not active by
 * itself, because an async function could not take it back from its caller: `run()` makes it so.
 * Errors are recorded by `withSpan()`, or by `recordError(error)` inside `run()`.
 *
 * @param options - Kind, attributes, links, start time, `root`. Default: kind internal, a child of the active span.
 *
 * @example
 * ```ts
 * {
 *   using span = startSpan('import', { attributes: { 'app.file': name } });
 *   const rows = span.run(() => readRows(name));
 *   span.setAttribute('app.rows', rows.length);
 * }
 * ```
 */
export function startSpan(name: string, options: SpanOptions = {}): ScopedSpan {
  const span = spanOrNone(name, options);
  const end = () => span.end();
  return Object.assign(span, {
    run: <T>(work: () => T): T => context.with(new ContextWithSpan(context.active(), span), work),
    [Symbol.dispose]: end,
    [Symbol.asyncDispose]: async () => end(),
  });
}
