export { type ExpressMounts, instrumentExpress } from './instrument.express.ts';
export { type OtelErrorMiddleware, otelErrorHandler } from './otel.error.handler.ts';
export { type OtelMiddleware, type OtelOptions, otel } from './otel.ts';
