/** What core says once where a router of Express does not tell its mount path. */
export const mountWarning =
  'http.route is left out where a router of Express is mounted under a path, because this version of the router does not tell it. ' +
  'Express 5: run `npm update router` (2.3 or later). Express 4: call instrumentExpress(app) of @org/otel-express before the mounts';
