import type {
  Attributes,
  AttributeValue,
  Exception,
  Link,
  Span,
  SpanContext,
  SpanStatus,
  TimeInput,
} from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { harmless, textOf } from '../lifecycle/harmless.ts';

type Recorded = Span & ReadableSpan;

/**
 * The recording span that applications get: whatever it is called with, it throws nothing into them.
 * What cannot be used is left out, the rest of the span stays. It reads like the SDK's span, because
 * applications look into those.
 */
export class GuardedSpan implements Span, ReadableSpan {
  readonly #span: Recorded;

  constructor(span: Span) {
    this.#span = span as Recorded;
  }

  spanContext(): SpanContext {
    return this.#span.spanContext();
  }

  isRecording(): boolean {
    return this.#span.isRecording();
  }

  setAttribute(key: string, value: AttributeValue): this {
    harmless(() => this.#span.setAttribute(key, value));
    return this;
  }

  setAttributes(attributes: Attributes): this {
    const whole = harmless(() => this.#span.setAttributes(attributes));
    if (!whole) this.#setEach(attributes);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    harmless(() => {
      const given = isUsable(attributesOrTime) ? attributesOrTime : undefined;
      this.#span.addEvent(textOf(name), given, isUsable(time) ? time : undefined);
    });
    return this;
  }

  addLink(link: Link): this {
    harmless(() => {
      if (typeof link.context.traceId === 'string') this.#span.addLink(link);
    });
    return this;
  }

  addLinks(links: Link[]): this {
    harmless(() => {
      for (const link of links) this.addLink(link);
    });
    return this;
  }

  setStatus(status: SpanStatus): this {
    harmless(() => this.#span.setStatus(status));
    return this;
  }

  updateName(name: string): this {
    harmless(() => this.#span.updateName(textOf(name)));
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    harmless(() => this.#span.recordException(exception, isUsable(time) ? time : undefined));
  }

  /** A time that is none ends the span now. */
  end(endTime?: TimeInput): void {
    const ended = harmless(() => this.#span.end(isTime(endTime) ? endTime : undefined));
    if (!ended && this.#span.isRecording()) harmless(() => this.#span.end());
  }

  /** One that cannot be read keeps no other from its place. */
  #setEach(attributes: Attributes): void {
    harmless(() => {
      for (const key of Object.keys(attributes)) {
        harmless(() => this.#span.setAttribute(key, attributes[key] as AttributeValue));
      }
    });
  }

  get name() {
    return this.#span.name;
  }

  get kind() {
    return this.#span.kind;
  }

  get parentSpanContext() {
    return this.#span.parentSpanContext as SpanContext;
  }

  get startTime() {
    return this.#span.startTime;
  }

  get endTime() {
    return this.#span.endTime;
  }

  get status() {
    return this.#span.status;
  }

  get attributes() {
    return this.#span.attributes;
  }

  get links() {
    return this.#span.links;
  }

  get events() {
    return this.#span.events;
  }

  get duration() {
    return this.#span.duration;
  }

  get ended() {
    return this.#span.ended;
  }

  get resource() {
    return this.#span.resource;
  }

  get instrumentationScope() {
    return this.#span.instrumentationScope;
  }

  get droppedAttributesCount() {
    return this.#span.droppedAttributesCount;
  }

  get droppedEventsCount() {
    return this.#span.droppedEventsCount;
  }

  get droppedLinksCount() {
    return this.#span.droppedLinksCount;
  }
}

/** The years that 64 bits of nanoseconds reach, in milliseconds: a time outside could not be encoded. */
const FARTHEST = 9e12;

function isTime(time: unknown): time is TimeInput {
  if (!Array.isArray(time)) return Math.abs(Number(time)) < FARTHEST;
  return time.length === 2 && time.every((part) => part >= 0 && part < FARTHEST / 1000);
}

/** Attributes, or a time that is one. */
function isUsable(given: Attributes | TimeInput | undefined): boolean {
  const maybeTime = typeof given === 'number' || given instanceof Date || Array.isArray(given);
  return !maybeTime || isTime(given);
}
