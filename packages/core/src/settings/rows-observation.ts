import { flag } from './kinds.ts';
import { readElsewhere } from './read-elsewhere.ts';
import { setting } from './setting.ts';

const captured = (side: 'server' | 'client', message: 'request' | 'response') =>
  readElsewhere({
    variables: [`OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_${side}_${message}`.toUpperCase()],
    options: [`capturedHeaders.${side}.${message}`],
    byDefault: 'none',
    says: `Headers of the ${message}s of ${side}s that become attributes of their spans, by name.`,
  });

/** What is observed and what is shown of it; lists, read by readers of their own. */
export const observationRows = {
  disabled: readElsewhere({
    variables: ['OTEL_NODE_DISABLED_INSTRUMENTATIONS'],
    options: ['disabledInstrumentations'],
    byDefault: 'none',
    says: 'What is not observed: `http`, `undici`, `express`, `fastify`, `nestjs`, `winston` (log records over OTLP), `runtime`.',
  }),
  enabled: readElsewhere({
    variables: ['OTEL_NODE_ENABLED_INSTRUMENTATIONS'],
    options: ['instrumentations'],
    byDefault: 'none',
    says: "For libraries that open no door: names of OpenTelemetry's own packages that are installed, such as `pg`; as an option instrumentations of your own too.",
  }),
  excludedUrls: readElsewhere({
    variables: ['OTEL_NODE_EXCLUDED_URLS'],
    options: ['excludedUrls'],
    byDefault: 'none',
    says: 'Requests that are not observed, served ones and made ones: regular expressions, searched for in the whole URL.',
  }),
  queryKeys: readElsewhere({
    variables: ['OTEL_NODE_REDACTED_QUERY_KEYS'],
    options: ['redaction.queryKeys'],
    byDefault: 'those of the semantic conventions',
    says: 'More query keys whose values are replaced by `REDACTED`.',
  }),
  allQueryValues: setting({
    variables: ['OTEL_NODE_REDACT_ALL_QUERY_VALUES'],
    options: ['redaction.allQueryValues'],
    kind: flag,
    fallback: false,
    says: 'Whether every value of a query is replaced.',
  }),
  redactedHeaders: readElsewhere({
    variables: ['OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS'],
    options: ['redaction.headers'],
    byDefault: 'those that hold credentials and cookies',
    says: 'More headers whose values are replaced where they are captured.',
  }),
  serverRequestHeaders: captured('server', 'request'),
  serverResponseHeaders: captured('server', 'response'),
  clientRequestHeaders: captured('client', 'request'),
  clientResponseHeaders: captured('client', 'response'),
};
