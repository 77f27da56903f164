import { secret, text, whole } from './kinds.ts';
import { type Kind, setting } from './setting.ts';

const path: Kind<string> = {
  expected: 'a path that begins with /',
  parse: (raw) => (raw.startsWith('/') ? raw : undefined),
  accept: (option) => (typeof option === 'string' ? path.parse(option) : undefined),
};

export const prometheusRows = {
  host: setting({
    variables: ['OTEL_EXPORTER_PROMETHEUS_HOST'],
    options: ['exporter.prometheus.host'],
    kind: text as Kind<string>,
    fallback: 'localhost',
    says: 'Where the endpoint for Prometheus listens; by default to this machine only.',
  }),
  port: setting({
    variables: ['OTEL_EXPORTER_PROMETHEUS_PORT'],
    options: ['exporter.prometheus.port'],
    kind: { ...whole(0, 65_535), expected: 'a port from 0 to 65535' },
    fallback: 9464,
    says: 'Its port; a cluster’s worker takes the first free one from here on.',
  }),
  path: setting({
    variables: [],
    options: ['exporter.prometheus.path'],
    kind: path,
    fallback: '/metrics',
    says: 'Its path.',
  }),
  bearerToken: setting({
    variables: [],
    options: ['exporter.prometheus.bearerToken'],
    kind: secret,
    fallback: undefined,
    byDefault: 'none',
    says: 'What a scraper must send as `Authorization: Bearer`.',
  }),
};
