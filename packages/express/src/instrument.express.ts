import type { ExpressPath, RouterLayer } from './express.request.ts';
import { mountTemplates } from './mount.templates.ts';
import { otel } from './otel.ts';

// biome-ignore lint/suspicious/noExplicitAny: the overloads of `use` differ by version of Express.
type Use = (...args: any[]) => any;

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

/** What an application or a router is, by version; nothing of it is written but its own `use`. */
interface Mounts extends ExpressMounts {
  readonly stack?: RouterLayer[];
  readonly set?: unknown;
  readonly _router?: { readonly stack?: RouterLayer[] };
  readonly router?: { readonly stack?: RouterLayer[] };
}

const instrumented = new WeakSet<object>();

/**
 * Lets an application, or a router, remember under which path it mounts what, so that `http.route`
 * is whole under mount paths with parameters too: `app.use('/users/:user', router)`. It includes
 * `otel()`.
 *
 * Needed on Express 4 and on routers before 2.3, which keep a mount path only as compiled code; with
 * router 2.3 and later it changes nothing. Call it before the mounts. What is mounted on it remembers
 * its own mounts from then on; a router that mounts others before it is mounted itself is handed over
 * too. Express is not patched: only this one object gets a `use` of its own. The second call for an
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
export function instrumentExpress<Target extends ExpressMounts>(target: Target): Target {
  if (typeof target?.use !== 'function') {
    throw new TypeError('instrumentExpress(app): expected an Express application or router');
  }
  if (instrumented.has(target)) return target;
  instrumented.add(target);
  const original = target.use;
  // Not at once: the first `use` fixes settings such as `case sensitive routing`.
  let middleware = isApplication(target) ? otel() : undefined;

  target.use = function use(...args) {
    if (middleware) {
      original.call(target, middleware);
      middleware = undefined;
    }
    const known = stackOf(target).length;
    const handlers = args.flat(Number.POSITIVE_INFINITY).filter(isMounts);
    for (const handler of handlers) instrumentExpress(handler);
    const result = Reflect.apply(original, this, args);
    for (const layer of stackOf(target).slice(known)) mountTemplates.set(layer, pathOf(args));
    return result;
  };
  return target;
}

function isMounts(value: unknown): value is Mounts {
  return typeof value === 'function' && typeof (value as Partial<Mounts>).use === 'function';
}

function isApplication(target: Mounts): boolean {
  return typeof target.set === 'function';
}

function stackOf(target: Mounts): RouterLayer[] {
  if (!isApplication(target)) return target.stack ?? [];
  // In this order: Express 4 has a getter `router` that throws.
  return ('lazyrouter' in target ? target._router : target.router)?.stack ?? [];
}

/** Express takes the first argument for a path unless it is a function or an array that starts with one. */
function pathOf([first]: readonly unknown[]): ExpressPath {
  let start = first;
  while (Array.isArray(start) && start.length > 0) start = start[0];
  return typeof start === 'function' ? '/' : (first as ExpressPath);
}
