// Public API, checked by `npm test`. Updated by `npm run api`.

import { Attributes } from '@opentelemetry/api';
import { IncomingMessage } from 'node:http';
import { ServerResponse } from 'node:http';

/**
 * An Express application or router, as far as it is needed here.
 *
 * @example
 * ```ts
 * const app: ExpressMounts = express();
 * ```
 */
export interface ExpressMounts {
    use: Use;
}

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
 * Lets an application, or a router, remember under which path it mounts what, so that `http.route`
 * is whole under mount paths with parameters too: `app.use('/users/:user', router)`. It includes
 * `otel()`.
 *
 * Needed on Express 4 and on routers before 2.3, which keep a mount path only as compiled code; with
 * router 2.3 and later it changes nothing. Call it before the mounts. What is mounted on it remembers
 * its own mounts from then on; a router that mounts others before it is mounted itself is handed over
 * too. Express is not patched: only this one object gets methods of its own. The second call for an
 * object does nothing.
 *
 * @returns the same application or router.
 * @throws TypeError when it is given something else, at once.
 * @example
 * ```ts
 * import { instrumentExpress } from '@org/otel-express';
 * import express from 'express';
 *
 * const app = instrumentExpress(express());
 * const orders = express.Router({ mergeParams: true });
 * app.use('/users/:user/orders', orders);
 * ```
 */
export declare function instrumentExpress<Target extends ExpressMounts>(target: Target): Target;

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

type Use = (...args: any[]) => any;
