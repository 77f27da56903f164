import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { recordError, setRoute } from '@org/otel-core';
import { defer, type Observable, tap } from 'rxjs';
import { ControllerSpans } from './controller.spans.ts';
import { handlerName } from './handler.name.ts';
import { isObserved } from './observed.handler.ts';
import { type RawRequest, rawRequest } from './raw.request.ts';
import { SpanWork } from './span.work.ts';
import { traceObservable } from './trace.observable.ts';

/**
 * Makes the controller span, `OrdersController.find`, of handlers that cannot be observed in advance, and tells core the route
 * of their request.
 */
@Injectable()
export class ControllerSpanInterceptor {
  readonly #spans: ControllerSpans;

  constructor(@Inject(ControllerSpans) spans: ControllerSpans) {
    this.#spans = spans;
  }

  /** None while Nest makes the routes of observed handlers: it leaves such an interceptor out. */
  get intercept(): NestInterceptor['intercept'] | undefined {
    return this.#spans.handlersLent ? undefined : this.#intercept;
  }

  #intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!this.#spans.first || isObserved(execution.getHandler())) return next.handle();
    const raw = rawRequest(execution);
    if (raw?.route !== undefined) setRoute(raw.request, raw.route);
    if (!this.#spans.wanted || SpanWork.isUnseen()) return withoutSpan(raw, next);
    return defer(() => handle(execution, next, raw));
  }
}

function handle(execution: ExecutionContext, next: CallHandler, raw: RawRequest | undefined) {
  const { name, options } = handlerName(execution.getClass().name, execution.getHandler().name);
  const work = SpanWork.serve(name, options);
  if (!work) return withoutSpan(raw, next);
  // Nest binds the handler to the context that is active while handle() is called.
  return traceObservable(
    work.run(() => next.handle()),
    work,
  );
}

/** No span to write on, but core still names the error in the duration metric and on its own span. */
function withoutSpan(raw: RawRequest | undefined, next: CallHandler): Observable<unknown> {
  if (!raw) return next.handle();
  return next.handle().pipe(tap({ error: (error) => recordError(raw.request, error) }));
}
