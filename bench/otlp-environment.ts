/** Where a server sends its telemetry, and how much of it. */
export interface Target {
  readonly url: string;
  /** UDP, for a Datadog agent's metrics. */
  readonly statsdPort: number;
  readonly sampling: number;
  /** Milliseconds after which what is queued leaves; short, so that a measurement need not wait for it. */
  readonly exportDelay: number;
  /** Milliseconds; undefined for the variant's own default. */
  readonly metricInterval?: number;
}

/** The same for every variant that reads it; the queue is so large that what is measured is work, not loss. */
export function otlpEnvironment(target: Target): Record<string, string> {
  const { url, sampling, exportDelay, metricInterval } = target;
  return {
    OTEL_SERVICE_NAME: 'bench',
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: `${sampling}`,
    OTEL_BSP_SCHEDULE_DELAY: `${exportDelay}`,
    OTEL_BSP_MAX_QUEUE_SIZE: '100000',
    ...(metricInterval && {
      OTEL_METRIC_EXPORT_INTERVAL: `${metricInterval}`,
      OTEL_METRIC_EXPORT_TIMEOUT: `${metricInterval}`,
    }),
  };
}
