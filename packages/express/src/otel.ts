import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Attributes, diag, trace } from '@opentelemetry/api';
import { setRoute } from '@org/otel-core';
import { routeTemplate } from './route.template.ts';
import { watchRouterDoor } from './router.door.ts';

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
 * The shape of the middleware that `otel()` makes; Express 4 and 5 both take it in `app.use`.
 *
 * @example
 * ```ts
 * const middleware: OtelMiddleware = otel();
 * ```
 */
export type OtelMiddleware<Req extends IncomingMessage = IncomingMessage> = (
  req: Req,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

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
export function otel<Req extends IncomingMessage = IncomingMessage>(
  options: OtelOptions<Req> = {},
): OtelMiddleware<Req> {
  const attributes = readAttributesOption(options);
  const publishesRoutes = watchRouterDoor(traceRequest);
  return traceRequest;

  function traceRequest(req: Req, _res: ServerResponse, next: (error?: unknown) => void): void {
    if (!publishesRoutes()) setRoute(req, () => routeTemplate(req));
    if (attributes) addAttributes(req, attributes);
    next();
  }
}

function readAttributesOption<Req extends IncomingMessage>(
  options: OtelOptions<Req>,
): OtelOptions<Req>['attributes'] {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`otel(options): expected an object, got ${describe(options)}`);
  }
  const { attributes } = options;
  if (attributes === undefined || typeof attributes === 'function') return attributes;
  throw new TypeError(
    `otel({ attributes }): expected a function (req) => attributes, got ${describe(attributes)}`,
  );
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? JSON.stringify(value) : typeof value;
}

function addAttributes<Req extends IncomingMessage>(
  req: Req,
  attributes: (req: Req) => Attributes,
): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  try {
    const given: unknown = attributes(req);
    if (given instanceof Promise) given.catch(sayFailure); // too late for the span, but no end of the process
    span.setAttributes(given as Attributes);
  } catch (error) {
    sayFailure(error);
  }
}

function sayFailure(error: unknown): void {
  diag.error('@org/otel-express: otel({ attributes }) threw; the span goes without them', error);
}
