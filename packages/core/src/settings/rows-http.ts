import type { ExceptionSignal } from '../channels/exception-signal.ts';
import { flag, oneOf } from './kinds.ts';
import { semconvOptIns } from './semconv-opt-ins.ts';
import { setting } from './setting.ts';

export const httpRows = {
  activeRequests: setting({
    variables: ['OTEL_NODE_HTTP_ACTIVE_REQUESTS'],
    options: ['http.activeRequests'],
    kind: flag,
    fallback: false,
    says: 'Whether `http.server.active_requests` is measured.',
  }),
  bodySizes: setting({
    variables: ['OTEL_NODE_HTTP_BODY_SIZES'],
    options: ['http.bodySizes'],
    kind: flag,
    fallback: false,
    says: 'Whether `http.{server,client}.{request,response}.body.size` are measured.',
  }),
  semconvOptIns: setting<readonly string[]>({
    variables: ['OTEL_SEMCONV_STABILITY_OPT_IN'],
    options: ['semconvStabilityOptIn'],
    kind: semconvOptIns,
    fallback: [],
    byDefault: 'none',
    says: '`http/dup` writes the old HTTP names (`http.method`, `http.server.duration` in milliseconds, and more) beside the stable ones, for a migration; `http` and other domains change nothing here.',
  }),
  exceptionSignal: setting<ExceptionSignal>({
    variables: ['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN'],
    options: ['exceptionSignal'],
    kind: oneOf(['events', 'logs', 'logs/dup']),
    fallback: 'events',
    says: 'Where exceptions go that are recorded by themselves: `events` of their span, `logs`: log records in its trace, `logs/dup`: both.',
  }),
};
