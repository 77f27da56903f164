export { type CreateLoggerOptions, createLogger } from './create.logger.ts';
export { errorFormat } from './error.format.ts';
export type { FieldNames, Fields } from './field-names.ts';
export { type NestLogger, nestLogger } from './nest.logger.ts';
export { OtlpTransport, type OtlpTransportOptions } from './otlp.transport.ts';
export type { Severities } from './severity.ts';
export { type TraceFormatOptions, traceFormat } from './trace.format.ts';
export { traceMeta } from './trace.meta.ts';
