import type { ExpressPath, RouterLayer } from './express.request.ts';

/** The path of each mount, as the application wrote it, for those that `instrumentExpress()` saw. */
export const mountTemplates = new WeakMap<RouterLayer, ExpressPath>();
