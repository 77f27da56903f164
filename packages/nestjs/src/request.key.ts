import { createContextKey } from '@opentelemetry/api';

/** Under this key a context carries the raw request that is being served, if any. */
export const REQUEST_KEY = createContextKey('@org/otel-nestjs request');
