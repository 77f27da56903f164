import type { ExceptionSignal } from '../channels/exception-signal.ts';
import { conventionalMethods } from '../channels/http-method.ts';
import { httpMethods } from './http-methods.ts';
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
  knownMethods: setting<readonly string[]>({
    variables: ['OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS'],
    options: ['http.knownMethods'],
    kind: httpMethods,
    fallback: conventionalMethods,
    says: 'The HTTP methods that are called by their names, in place of this list; every other one is `_OTHER`, and its span is named `HTTP`.',
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
