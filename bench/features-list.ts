/** A server with so many features, and the one it is compared with: that lacks the last of them. */
export interface Feature {
  readonly name: string;
  readonly app: 'http' | 'nest';
  /** Undefined for a server without telemetry. */
  readonly over?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Options of `init()` and, for Nest, of the module; null for none at all. */
  readonly options: object | null;
  /** Nest: spans of guard, interceptor and pipe. */
  readonly enhancers?: boolean;
}

const noMetrics = { OTEL_METRICS_EXPORTER: 'none' };
const unsampled = { OTEL_TRACES_SAMPLER: 'always_off' };

export const features: readonly Feature[] = [
  { name: 'http: bare', app: 'http', environment: {}, options: null },
  http('unsampled, no metrics', 'bare', {}, { ...noMetrics, ...unsampled }),
  http('unsampled, durations', 'unsampled, no metrics', {}, unsampled),
  http('server span', 'bare', {}, noMetrics),
  http('server span, durations', 'server span', {}),
  http('active requests', 'server span, durations', { http: { activeRequests: true } }),
  http('body sizes', 'server span, durations', { http: { bodySizes: true } }),
  { name: 'nest: bare', app: 'nest', environment: {}, options: null },
  nest('server span, durations', 'bare', { controllerSpans: false }),
  nest('controller span', 'server span, durations', {}),
  nest('guard, interceptor and pipe spans', 'controller span', {}, true),
];

function http(name: string, over: string, options: object, environment = {}): Feature {
  return { name: `http: ${name}`, over: `http: ${over}`, app: 'http', options, environment };
}

function nest(name: string, over: string, options: object, enhancers = false): Feature {
  return {
    name: `nest: ${name}`,
    over: `nest: ${over}`,
    app: 'nest',
    options,
    environment: {},
    enhancers,
  };
}
