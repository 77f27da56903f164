import type { IncomingMessage, ServerResponse } from 'node:http';
import { recordError } from '@org/otel-core';

/**
 * The shape of the error middleware that `otelErrorHandler()` makes.
 *
 * @example
 * ```ts
 * const handler: OtelErrorMiddleware = otelErrorHandler();
 * ```
 */
export type OtelErrorMiddleware = (
  error: unknown,
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Makes the error middleware that writes an error as one `exception` event into the request's span
 * and passes it on. Put it after the routes and before your own error handler.
 *
 * Needed on Express 4 and routers before 2.3; where core saw the error at its origin already, it is
 * not written again. The span's status stays core's: ERROR only for a 5xx response.
 *
 * @example
 * ```ts
 * import { otel, otelErrorHandler } from '@org/otel-express';
 * import express from 'express';
 *
 * const app = express();
 * app.use(otel());
 * app.get('/boom', () => {
 *   throw new Error('boom');
 * });
 * app.use(otelErrorHandler());
 * ```
 */
export function otelErrorHandler(): OtelErrorMiddleware {
  // Express knows an error handler by its four parameters.
  return function recordRequestError(error, req, _res, next) {
    recordError(req, error);
    next(error);
  };
}
