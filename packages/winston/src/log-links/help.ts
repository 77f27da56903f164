/** What `--help` prints. */
export const help = `Usage: otel-log-links [options]

Writes what leads from a log line to its trace and back:
  collector/container-logs.yaml                     a Collector that reads what containers print
  grafana/loki.yaml                                 what Loki must be told
  grafana/provisioning/datasources/loki.yaml        line to trace
  grafana/provisioning/datasources/tempo.yaml       trace to lines
  grafana/provisioning/datasources/prometheus.yaml  exemplar to trace

  --out DIR              the folder to write into                              (deploy)
  --form FORM            fields, nested or text, as in traceFormat()           (fields)
  --trace-id NAME        your field of the trace id                            (traceID; text: trace_id)
  --span-id NAME         your field of the span id                             (spanID; text: span_id)
  --trace-flags NAME     your field of the trace flags                         (trace_flags)
  --sampled NAME         your field that says whether the trace was sampled    (sampled)
  --under NAME           your field of the nested form                         (trace)
  --loki-url URL         where Grafana and the Collector find Loki             (LOKI_URL when they run)
  --tempo-url URL        where Grafana finds Tempo                             (TEMPO_URL when it runs)
  --prometheus-url URL   where Grafana finds Prometheus                        (PROMETHEUS_URL when it runs)
  --force                overwrite files that say something else
  --help                 this text

Your names are added: lines with the usual ones (traceID, trace_id, otelTraceID, [trace_id=…]) keep their links.

Exit codes
  0  the files are there, as printed
  1  they could not be written, or one is there that says something else (see --force); then none was written
  2  the arguments were not understood; nothing was written
`;
