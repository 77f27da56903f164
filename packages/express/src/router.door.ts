import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const ROUTER_START = 'tracing:express.router.request:start';

/**
 * Tells whether the router that calls `middleware` publishes its routes itself.
 *
 * A router with that door announces each handler before it calls it, so by the first call of the
 * middleware the answer is known, and the listening ends there.
 */
export function watchRouterDoor(middleware: unknown): () => boolean {
  let published = false;
  let decided = false;
  subscribe(ROUTER_START, noticeOwnLayer);
  return function publishesRoutes(): boolean {
    if (!decided) {
      decided = true;
      unsubscribe(ROUTER_START, noticeOwnLayer);
    }
    return published;
  };

  function noticeOwnLayer(message: unknown): void {
    if ((message as { handler?: unknown }).handler === middleware) published = true;
  }
}
