/** Where orchestrators and scrapers ask: no trace begins there unless it is asked for. */
export const defaultHealthPaths: readonly string[] = [
  '/health',
  '/health/live',
  '/health/ready',
  '/healthcheck',
  '/healthz',
  '/livez',
  '/liveness',
  '/metrics',
  '/readiness',
  '/readyz',
  '/startupz',
  '/-/healthy',
  '/-/ready',
];
