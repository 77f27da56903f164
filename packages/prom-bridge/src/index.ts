export { type Bridge, type BridgeOptions, bridge } from './bridge.ts';
export { metricsHandler } from './metrics-handler.ts';
export type { PromRegistry } from './prom-registry.ts';
export { tracedCounter } from './traced-counter.ts';
export { tracedHistogram } from './traced-histogram.ts';
