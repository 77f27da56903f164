import type { ExceptionSignal } from '../channels/exception-signal.ts';
import { flag, oneOf } from './kinds.ts';
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
  exceptionSignal: setting<ExceptionSignal>({
    variables: ['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN'],
    options: ['exceptionSignal'],
    kind: oneOf(['events', 'logs', 'logs/dup']),
    fallback: 'events',
    says: 'Where exceptions go that are recorded by themselves: `events` of their span, `logs`: log records in its trace, `logs/dup`: both.',
  }),
};
