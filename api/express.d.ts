// Public API, checked by `npm test`. Updated by `npm run api`.

import { Attributes } from '@opentelemetry/api';
import { IncomingMessage } from 'node:http';
import { ServerResponse } from 'node:http';

/**
 * The shape of the error middleware that `otelErrorHandler()` makes.
 *
 * @example
 * ```ts
 * const handler: OtelErrorMiddleware = otelErrorHandler();
 * ```
 */
export type OtelErrorMiddleware = (error: unknown, req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * The shape of the middleware that `otel()` makes; Express 4 and 5 both take it in `app.use`.
 *
 * @example
 * ```ts
 * const middleware: OtelMiddleware = otel();
 * ```
 */
export type OtelMiddleware<Req extends IncomingMessage = IncomingMessage> = (req: Req, res: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * What `otel()` takes. Every option may be left out.
 *
 * @example
 * ```ts
 * import type { Request } from 'express';
 * import type { OtelOptions } from '@org/otel-express';
 *
 * const options: OtelOptions<Request> = {
 *   attributes: (req) => ({ 'app.tenant': req.get('x-tenant') ?? 'none' }),
 * };
 * ```
 */
export interface OtelOptions<Req extends IncomingMessage = IncomingMessage> {
    /**
     * Attributes for the server span, asked for when the request passes this middleware and only if
     * its span records. Default: none. An error thrown here is logged through `diag` and goes no
     * further.
     */
    attributes?: (req: Req) => Attributes;
}

/**
 * Makes the middleware that gives the server span its `http.route` and your own attributes.
 *
 * Where the router publishes its routes itself (router 2.3 and later: Express 5) core already has
 * the route and nothing is added; on Express 4 and older routers the template is read when the
 * request ends. Below a mount path with parameters an older router does not tell its template:
 * `http.route` is then left out, with one warning.
 *
 * @param options - Default: `{}`.
 * @throws TypeError when an option has the wrong type, at once and not on a request.
 * @example
 * ```ts
 * import { init } from '@org/otel-core';
 * import { otel } from '@org/otel-express';
 * import express from 'express';
 *
 * init({ serviceName: 'shop' });
 * const app = express();
 * app.use(otel({ attributes: (req) => ({ 'app.tenant': String(req.headers['x-tenant']) }) }));
 * ```
 */
export declare function otel<Req extends IncomingMessage = IncomingMessage>(options?: OtelOptions<Req>): OtelMiddleware<Req>;

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
export declare function otelErrorHandler(): OtelErrorMiddleware;
