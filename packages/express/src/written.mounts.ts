import type { ExpressApp, ExpressPath, RouterLayer } from './express.request.ts';

/** A mount as the application wrote it: its path, and the application behind it where it is one. */
interface WrittenMount {
  readonly path: ExpressPath;
  readonly app: ExpressApp | undefined;
}

/** The mounts that `instrumentExpress()` saw. */
export const writtenMounts = new WeakMap<RouterLayer, WrittenMount>();
