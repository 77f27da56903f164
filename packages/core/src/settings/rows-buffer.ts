import { whole } from './kinds.ts';
import { setting } from './setting.ts';

/**
 * What is kept while a receiver is away. 32 MiB hold a minute of 1,000 spans a second uncompressed
 * (docs/reliability.md); 300 s is the age at which the Collector's own exporters give up.
 */
export const bufferRows = {
  maxBytes: setting({
    variables: ['OTEL_NODE_BUFFER_MAX_BYTES'],
    options: ['buffer.maxBytes'],
    kind: whole(1),
    fallback: 32 * 1024 * 1024,
    says: 'Bytes of encoded batches kept while the collector is away, all signals together.',
  }),
  maxAgeMillis: setting({
    variables: ['OTEL_NODE_BUFFER_MAX_AGE'],
    options: ['buffer.maxAgeMillis'],
    kind: whole(1),
    fallback: 300_000,
    says: 'Milliseconds they are kept.',
  }),
};
