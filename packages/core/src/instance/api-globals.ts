import {
  type ContextManager,
  context,
  type LoggerProvider,
  logs,
  type MeterProvider,
  metrics,
  propagation,
  type TextMapPropagator,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';

/** What is registered with the OpenTelemetry API. */
export interface ApiGlobals {
  readonly contextManager: ContextManager;
  readonly propagator: TextMapPropagator;
  readonly tracerProvider: TracerProvider;
  readonly meterProvider: MeterProvider;
  readonly loggerProvider: LoggerProvider;
}

/** Registers everything; the names of what somebody else had registered before. */
export function registerGlobals(globals: ApiGlobals): string[] {
  const loggers = logs.setGlobalLoggerProvider(globals.loggerProvider);
  const taken = {
    'context manager': !context.setGlobalContextManager(globals.contextManager),
    propagator: !propagation.setGlobalPropagator(globals.propagator),
    'tracer provider': !trace.setGlobalTracerProvider(globals.tracerProvider),
    'meter provider': !metrics.setGlobalMeterProvider(globals.meterProvider),
    'logger provider': !loggers,
  };
  return Object.entries(taken).flatMap(([name, isTaken]) => (isTaken ? name : []));
}

/** Takes back what `registerGlobals` gave. */
export function unregisterGlobals(): void {
  for (const api of [trace, metrics, logs, propagation, context]) api.disable();
}
