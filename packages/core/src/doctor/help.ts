/** What `--help` prints. */
export const help = `Usage: otel-doctor [options]

Says what is in effect in this folder and environment, what is wrong with it and what to do; sends a span, a
metric and a log record as the application would, and says what was answered.

  --options FILE     a module (or .json) whose default export are the options the application gives to init()
  --timeout SECONDS  how long an answer is waited for                                          (15)
  --read-back        read the probe back; with one or several of
  --tempo URL          from Tempo
  --jaeger URL         from Jaeger's query service
  --loki URL           from Loki
  --prometheus URL     from Prometheus
  --wait SECONDS     how long the stores are asked for it                                      (30)
  --json             the same as JSON on stdout
  --help             this text

Exit codes
  0  nothing stops telemetry; there may be warnings
  1  something stops telemetry of at least one signal, or the probe could not be read back
  2  the arguments were not understood; nothing was sent
`;
