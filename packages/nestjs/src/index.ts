export {
  type InitOptions,
  init,
  recordError,
  type Telemetry,
  type TraceFields,
} from '@org/otel-core';
export {
  type EnhancerInstrument,
  type EnhancerSpansOptions,
  enhancerSpans,
} from './enhancer.spans.ts';
export { Counter, Histogram, type MetricDecoratorOptions } from './metric.decorators.ts';
export { OTEL_LOGGER } from './module.logger.ts';
export type { OtelModuleOptions } from './otel.module.definition.ts';
export { OtelModule } from './otel.module.ts';
export { ActiveSpan, BaggageValue, TraceId } from './parameter.decorators.ts';
export { Span, type SpanDecoratorOptions } from './span.decorator.ts';
export { TraceService } from './trace.service.ts';
export { Traceable, type TraceableOptions } from './traceable.decorator.ts';
