// How OpenTelemetry's names and attributes read in Prometheus, for this package's endpoint and for bridges.
export { exemplarsByBucket } from './prometheus/exemplars-by-bucket.ts';
export { prometheusLabels } from './prometheus/prometheus-labels.ts';
export { type Named, prometheusName } from './prometheus/prometheus-name.ts';
export { unitOfName } from './prometheus/prometheus-unit.ts';
