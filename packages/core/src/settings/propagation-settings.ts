import type { IncomingMessage } from 'node:http';
import type { TextMapPropagator } from '@opentelemetry/api';

/** How context travels, and whom to believe. */
export interface PropagationSettings {
  readonly propagators: readonly (PropagatorName | TextMapPropagator)[];
  /** Whether the caller of a request is believed. */
  readonly trustIncoming: boolean | ((request: IncomingMessage) => boolean);
  readonly baggage: BaggageSettings;
}

export interface BaggageSettings {
  /** Host patterns and address ranges that get baggage, beside the internal ones; undefined for none at all. */
  readonly hosts: readonly string[] | undefined;
  /** Keys whose values become attributes of spans and log records. */
  readonly attributes: readonly string[];
}

/** A header format: W3C Trace Context, W3C Baggage, B3, that of an official package that is installed, or nothing at all. */
export type PropagatorName =
  | 'tracecontext'
  | 'baggage'
  | 'b3'
  | 'b3multi'
  | 'jaeger'
  | 'xray'
  | 'none';

/** All of them. */
export const propagatorNames: readonly PropagatorName[] = [
  'tracecontext',
  'baggage',
  'b3',
  'b3multi',
  'jaeger',
  'xray',
  'none',
];
