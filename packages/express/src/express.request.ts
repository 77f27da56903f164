import type { IncomingMessage } from 'node:http';

/** A route's or mount's pattern as Express users write it. */
export type ExpressPath = string | RegExp | readonly ExpressPath[];

/** What is read, and never written, of a layer of Express 4 or of router 2.0 to 2.2. */
export interface RouterLayer {
  route?: ExpressRoute;
  handle?: { stack?: RouterLayer[] };
  /** Express 4: the compiled pattern, and its parameters. */
  regexp?: RegExp & { fast_slash?: boolean };
  keys?: readonly unknown[];
  /** router 2: matches everything (a mount without a path). */
  slash?: boolean;
  /** router 2: one pure function a pattern. */
  matchers?: ((path: string) => { path: string; params: object } | false)[];
}

/** The route that answered. */
export interface ExpressRoute {
  path: ExpressPath;
}

/** An application, and the application it is mounted on. */
export interface ExpressApp {
  parent?: ExpressApp;
  mountpath?: string | string[];
  /** Express 4 (its `router` is a getter that throws). */
  _router?: { stack?: RouterLayer[] };
  /** Express 5. */
  router?: { stack?: RouterLayer[] };
}

/** What Express adds to a request, all of it absent before its first router ran. */
export interface ExpressRequest extends IncomingMessage {
  app?: ExpressApp;
  route?: ExpressRoute;
  baseUrl?: string;
  originalUrl?: string;
}
