import { METHODS } from 'node:http';
import type { ExpressApp, ExpressPath, RouterLayer } from './express.request.ts';
import { type OtelMiddleware, otel } from './otel.ts';
import { writtenMounts } from './written.mounts.ts';

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

/** What an application or a router is, by version; only methods of the one object are replaced. */
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
export function instrumentExpress<Target extends ExpressMounts>(target: Target): Target {
  if (typeof target?.use !== 'function') {
    throw new TypeError('instrumentExpress(app): expected an Express application or router');
  }
  const isNew = rememberMounts(target);
  if (isNew && isApplication(target)) useBeforeAllElse(target, otel());
  return target;
}

/** False where the object does so already. */
function rememberMounts(target: Mounts): boolean {
  if (instrumented.has(target)) return false;
  instrumented.add(target);
  const original = target.use;
  target.use = function use(...args) {
    const { path, handlers } = readUse(args);
    for (const handler of handlers) if (isMounts(handler)) rememberMounts(handler);
    const result = Reflect.apply(original, this, args);
    remember(stackOf(target), path, handlers);
    return result;
  };
  return true;
}

/** Express has just put one layer for each handler at the end of the stack. */
function remember(stack: RouterLayer[], path: ExpressPath, handlers: readonly unknown[]): void {
  const layers = stack.slice(stack.length - handlers.length);
  for (const [index, layer] of layers.entries()) {
    const handler = handlers[index];
    const app = isMounts(handler) && isApplication(handler) ? (handler as ExpressApp) : undefined;
    writtenMounts.set(layer, { path, app });
  }
}

/** Not at once: the first route or middleware fixes settings such as `case sensitive routing`. */
function useBeforeAllElse(app: Mounts, middleware: OtelMiddleware): void {
  const methods = app as unknown as Record<string, Use | undefined>;
  let used = false;
  for (const name of ['use', 'route', 'all', ...METHODS.map((method) => method.toLowerCase())]) {
    const original = methods[name];
    if (!original) continue;
    methods[name] = function addToApplication(...args) {
      const isSetting = name === 'get' && args.length === 1;
      if (!used && !isSetting) {
        used = true;
        app.use(middleware);
      }
      return Reflect.apply(original, this, args);
    };
  }
}

function isMounts(value: unknown): value is Mounts {
  return typeof value === 'function' && typeof (value as Partial<Mounts>).use === 'function';
}

function isApplication(target: Mounts): boolean {
  return typeof target.set === 'function';
}

function stackOf(target: Mounts): RouterLayer[] {
  if (!isApplication(target)) return target.stack ?? [];
  // Express 4 has a getter `router` that throws.
  return ('lazyrouter' in target ? target._router : target.router)?.stack ?? [];
}

/** As Express reads it: the first argument is the path unless it is a handler or an array that starts with one. */
function readUse(args: readonly unknown[]): { path: ExpressPath; handlers: unknown[] } {
  let start = args[0];
  while (Array.isArray(start) && start.length > 0) start = start[0];
  const hasPath = typeof start !== 'function';
  const handlers = (hasPath ? args.slice(1) : args).flat(Number.POSITIVE_INFINITY);
  return { path: hasPath ? (args[0] as ExpressPath) : '/', handlers };
}
