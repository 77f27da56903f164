import {
  type Attributes,
  type AttributeValue,
  type Context,
  diag,
  type Exception,
  type HrTime,
  type Link,
  type Span,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
} from '@opentelemetry/api';
import { cleanAttributes, cleanSimpleAttributes, hrTimeDuration } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { harmless, textOf } from '../lifecycle/harmless.ts';
import { hideProtoKey, showProtoKey } from '../lifecycle/proto-key.ts';
import { exceptionAttributes } from './exception-attributes.ts';
import { SpanAttributes } from './span-attributes.ts';
import { SpanClock } from './span-clock.ts';
import type { SpanOrigin } from './span-recorder.ts';

type Event = ReadableSpan['events'][number];

/** What a span begins with. */
export interface SpanBeginning {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: SpanContext;
  readonly parentSpanContext: SpanContext | undefined;
  readonly startTime: TimeInput | undefined;
}

/**
 * The recording span that applications and span processors get; it reads like the SDK's. Whatever it is called
 * with, it throws nothing: what cannot be used is left out, the rest of the span stays.
 */
export class RecordedSpan implements Span, ReadableSpan {
  name: string;
  readonly kind: SpanKind;
  declare readonly parentSpanContext?: SpanContext;
  droppedEventsCount = 0;
  droppedLinksCount = 0;
  readonly #origin: SpanOrigin;
  readonly #spanContext: SpanContext;
  readonly #attributes: SpanAttributes;
  readonly #clock = new SpanClock();
  readonly #givenStart: HrTime | undefined;
  // What most spans never have is made when it is asked for: a span that waits for its batch is copied by collections of
  // garbage, each object of it by itself.
  #status: SpanStatus | undefined;
  #events: Event[] | undefined;
  #links: Link[] | undefined;
  /** Milliseconds from its start, or a time that was given; undefined before it. */
  #end: number | HrTime | undefined;

  constructor(origin: SpanOrigin, beginning: SpanBeginning) {
    const { name, kind, spanContext, parentSpanContext, startTime } = beginning;
    this.#origin = origin;
    this.name = name;
    this.kind = kind;
    this.#spanContext = spanContext;
    if (parentSpanContext) this.parentSpanContext = parentSpanContext;
    this.#attributes = new SpanAttributes(origin.limits);
    if (startTime !== undefined) this.#givenStart = this.#clock.tryRead(startTime);
  }

  /** Tells the processors; before that, attributes and links may be given. */
  begin(context: Context): void {
    for (const processor of this.#origin.processors) processor.onStart(this, context);
  }

  /** Takes attributes of our own making as they are. */
  adoptAttributes(own: Attributes): void {
    this.#attributes.adopt(own);
  }

  /** What follows from the other attributes, for a processor of ours: within the limits, and after the end too. */
  amend(attributes: Attributes): void {
    this.#attributes.setAll(attributes);
  }

  spanContext(): SpanContext {
    return this.#spanContext;
  }

  isRecording(): boolean {
    return this.#end === undefined;
  }

  setAttribute(key: string, value: AttributeValue): this {
    if (this.#isOver('setAttribute')) return this;
    try {
      this.#attributes.set(key, value);
    } catch {
      // left out
    }
    return this;
  }

  setAttributes(attributes: Attributes): this {
    if (!this.#isOver('setAttributes')) this.#attributes.setAll(attributes);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (this.#isOver('addEvent')) return this;
    harmless(() => {
      const isFirstTime = isTimeLike(attributesOrTime);
      const attributes = isFirstTime ? undefined : (attributesOrTime as Attributes);
      this.#addEvent(
        textOf(name),
        attributes,
        time ?? (isFirstTime ? attributesOrTime : undefined),
      );
    });
    return this;
  }

  addLink(link: Link): this {
    if (!this.#isOver('addLink')) harmless(() => this.#addLink(link));
    return this;
  }

  addLinks(links: Link[]): this {
    harmless(() => {
      for (const link of links) this.addLink(link);
    });
    return this;
  }

  setStatus(status: SpanStatus): this {
    if (!this.#isOver('setStatus')) harmless(() => this.#setStatus(status));
    return this;
  }

  updateName(name: string): this {
    if (!this.#isOver('updateName')) this.name = textOf(name);
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    if (this.#isOver('recordException')) return;
    harmless(() => {
      const attributes = exceptionAttributes(exception);
      if (attributes) this.#addEvent('exception', attributes, time);
    });
  }

  /** A time that is none ends the span now; one before its start makes it end there. */
  end(endTime?: TimeInput): void {
    if (this.#isOver('end')) return;
    const isOnClock = endTime === undefined && this.#givenStart === undefined;
    this.#end = isOnClock ? this.#clock.passed : this.#endAt(endTime);
    for (const processor of this.#origin.processors) processor.onEnd(this);
  }

  get status(): SpanStatus {
    this.#status ??= { code: SpanStatusCode.UNSET };
    return this.#status;
  }

  /** For processors that set it, as they can the SDK's. */
  set status(status: SpanStatus) {
    this.#status = status;
  }

  get events(): Event[] {
    this.#events ??= [];
    return this.#events;
  }

  get links(): Link[] {
    this.#links ??= [];
    return this.#links;
  }

  get startTime(): HrTime {
    return this.#givenStart ?? this.#clock.start;
  }

  get endTime(): HrTime {
    const end = this.#end;
    return typeof end === 'number' ? this.#clock.after(end) : (end ?? [0, 0]);
  }

  get duration(): HrTime {
    return this.ended ? hrTimeDuration(this.startTime, this.endTime) : [-1, -1];
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  get attributes(): Attributes {
    return this.#attributes.values;
  }

  get droppedAttributesCount(): number {
    return this.#attributes.dropped;
  }

  get resource() {
    return this.#origin.resource;
  }

  get instrumentationScope() {
    return this.#origin.scope;
  }

  #addEvent(name: string, attributes: Attributes | undefined, time: unknown): void {
    const { eventCountLimit, eventAttributeCountLimit, attributeValueLengthLimit } =
      this.#origin.limits;
    const cleaned = cleanSimpleAttributes(hideProtoKey(attributes), {
      attributeCountLimit: eventAttributeCountLimit,
      attributeValueLengthLimit,
    });
    const event: Event = { name, time: this.#timeOf(time), ...shown(cleaned) };
    this.droppedEventsCount += keepLatest(this.events, event, eventCountLimit);
  }

  #addLink({ context, attributes }: Link): void {
    if (typeof context.traceId !== 'string' || typeof context.spanId !== 'string') return;
    const { linkCountLimit, linkAttributeCountLimit, attributeValueLengthLimit } =
      this.#origin.limits;
    const cleaned = cleanAttributes(hideProtoKey(attributes), {
      attributeCountLimit: linkAttributeCountLimit,
      attributeValueLengthLimit,
    });
    const link = { context, ...shown(cleaned) };
    this.droppedLinksCount += keepLatest(this.links, link, linkCountLimit);
  }

  #endAt(endTime: TimeInput | undefined): HrTime {
    const end = this.#timeOf(endTime);
    const { startTime } = this;
    const isBefore =
      end[0] - startTime[0] < 0 || (end[0] === startTime[0] && end[1] < startTime[1]);
    return isBefore ? startTime : end;
  }

  /** API specification: OK is final, and UNSET changes nothing. */
  #setStatus({ code, message }: SpanStatus): void {
    if (code !== SpanStatusCode.OK && code !== SpanStatusCode.ERROR) return;
    if (this.status.code === SpanStatusCode.OK) return;
    const says = code === SpanStatusCode.ERROR && typeof message === 'string';
    this.#status = says ? { code, message } : { code };
  }

  /** Now, if it is no time. A span that was given its start has no monotonic clock that belongs to it. */
  #timeOf(time: unknown): HrTime {
    const read = time === undefined ? undefined : this.#clock.tryRead(time);
    return read ?? (this.#givenStart ? this.#clock.read(Date.now()) : this.#clock.now());
  }

  #isOver(operation: string): boolean {
    if (this.#end === undefined) return false;
    diag.warn(`@org/otel-core: ${operation}() on a span that has ended is ignored: ${this.name}`);
    return true;
  }
}

function shown<T extends { readonly attributes?: Attributes }>(cleaned: T): T {
  const attributes = showProtoKey(cleaned.attributes);
  return attributes === cleaned.attributes ? cleaned : { ...cleaned, attributes };
}

/** Whether somebody means a time by it, usable or not. */
function isTimeLike(given: unknown): given is TimeInput {
  return typeof given === 'number' || given instanceof Date || Array.isArray(given);
}

/** The oldest makes room. How many were dropped for it. */
function keepLatest<T>(list: T[], item: T, limit: number): number {
  if (limit <= 0) return 1;
  const isFull = list.length >= limit;
  if (isFull) list.shift();
  list.push(item);
  return isFull ? 1 : 0;
}
