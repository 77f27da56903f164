export { type CreateLoggerOptions, createLogger } from './create.logger.ts';
export type { FieldNames, Fields } from './field-names.ts';
export { OtlpTransport, type OtlpTransportOptions } from './otlp.transport.ts';
export type { Severities } from './severity.ts';
export { type TraceFormatOptions, traceFormat } from './trace.format.ts';
export { traceMeta } from './trace.meta.ts';
