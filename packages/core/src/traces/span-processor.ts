import type {
  Attributes,
  Context,
  HrTime,
  Link,
  Span,
  SpanContext,
  SpanKind,
  SpanStatus,
} from '@opentelemetry/api';

/** A span that has ended, as processors see it; the SDK's ReadableSpan is one. */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: Link[];
  readonly events: {
    readonly name: string;
    readonly time: HrTime;
    readonly attributes?: Attributes;
  }[];
  readonly resource: { readonly attributes: Attributes };
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
}

/** Sees every recording span start and end; a SpanProcessor of `@opentelemetry/sdk-trace` is one. */
export interface SpanProcessor {
  /** Called in the application's own stack when a span starts: it must be quick. */
  onStart(span: Span, parentContext: Context): void;
  /** Called when a span has ended. */
  onEnd(span: FinishedSpan): void;
  /** Resolves once everything it holds is exported. */
  forceFlush(): Promise<void>;
  /** Flushes and ends it. */
  shutdown(): Promise<void>;
}
