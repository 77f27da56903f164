import type { IncomingMessage } from 'node:http';
import { recordError, setRoute } from '../instance/adapter-doors.ts';

interface FastifyRequest {
  readonly raw: IncomingMessage;
  /** Fastify 4.10 and later; its `url` is undefined where no route was found. */
  readonly routeOptions?: { readonly url?: string | undefined };
}

// biome-ignore lint/suspicious/noExplicitAny: Fastify's own hooks differ by version, server and type provider.
type Hook = (...args: any[]) => any;

/**
 * A Fastify application as far as it is needed here.
 *
 * @example
 * ```ts
 * const app: FastifyApp = fastify();
 * ```
 */
export interface FastifyApp {
  addHook(name: 'onRequest' | 'onError', hook: Hook): unknown;
}

const instrumented = new WeakSet<object>();

/**
 * Gives a Fastify application the hooks that tell each request's route and error, also where no
 * handler runs: a rejected `onRequest`, a body or a query that its schema refuses.
 *
 * Needed only where the application was made before `init()`; one that is made later is found by
 * itself. Call it before `listen()`, `ready()` and `inject()`, and before any hook that may refuse a request. The
 * second call for an application does nothing. Fastify 4.10 or later, 5.
 *
 * @throws what Fastify throws when the application listens already (`FST_ERR_INSTANCE_ALREADY_LISTENING`).
 * @example
 * ```ts
 * const app = instrumentFastify(fastify());
 * ```
 */
export function instrumentFastify<App extends FastifyApp>(app: App): App {
  if (instrumented.has(app)) return app;
  app.addHook('onRequest', tellRoute);
  app.addHook('onError', tellError);
  instrumented.add(app);
  return app;
}

function tellRoute({ raw, routeOptions }: FastifyRequest, _reply: unknown, done: () => void): void {
  const route = routeOptions?.url;
  if (route !== undefined) setRoute(raw, route);
  done();
}

function tellError({ raw }: FastifyRequest, _reply: unknown, error: unknown, done: () => void) {
  recordError(raw, error);
  done();
}
