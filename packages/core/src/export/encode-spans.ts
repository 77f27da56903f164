import type { HrTime, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { writeAttributes } from './wire-attributes.ts';
import { WireBytes } from './wire-bytes.ts';

type Resource = ReadableSpan['resource'];
type Scope = ReadableSpan['instrumentationScope'];
type Event = ReadableSpan['events'][number];

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

const out = new WireBytes();

/**
 * Spans as an OTLP request in protobuf (opentelemetry-proto 1.x: collector/trace/v1, trace/v1), byte for byte what the
 * official transformer makes, in a quarter of its time: one pass, and what is written again and again is copied.
 */
export function protobufSpans(spans: readonly ReadableSpan[]): Uint8Array {
  out.clear();
  for (const [resource, scopes] of byOrigin(spans)) {
    out.byte(0x0a);
    const start = out.open(3);
    writeResource(resource);
    for (const [scope, list] of scopes) writeScope(scope, list);
    if (resource.schemaUrl) writeText(0x1a, resource.schemaUrl);
    out.close(start, 3);
  }
  return out.take();
}

function byOrigin(spans: readonly ReadableSpan[]): Map<Resource, Map<Scope, ReadableSpan[]>> {
  const resources = new Map<Resource, Map<Scope, ReadableSpan[]>>();
  for (const span of spans) {
    const { resource, instrumentationScope } = span;
    const scopes = resources.get(resource) ?? new Map<Scope, ReadableSpan[]>();
    const list = scopes.get(instrumentationScope);
    if (list) list.push(span);
    else resources.set(resource, scopes.set(instrumentationScope, [span]));
  }
  return resources;
}

function writeResource({ attributes }: Resource): void {
  out.byte(0x0a);
  const start = out.open(2);
  if (attributes) writeAttributes(out, 0x0a, attributes);
  writeCount(0x10, 0);
  out.close(start, 2);
}

function writeScope(scope: Scope, spans: readonly ReadableSpan[]): void {
  out.byte(0x12);
  const start = out.open(3);
  writeScopeName(scope);
  for (const span of spans) writeSpan(span);
  if (scope.schemaUrl) writeText(0x1a, scope.schemaUrl);
  out.close(start, 3);
}

function writeScopeName({ name, version }: Scope): void {
  out.byte(0x0a);
  const start = out.open(1);
  writeText(0x0a, name);
  if (version) writeText(0x12, version);
  out.close(start, 1);
}

function writeSpan(span: ReadableSpan): void {
  const context = span.spanContext();
  const { parentSpanContext, attributes } = span;
  out.byte(0x12);
  const start = out.open(2);
  writeIds(context);
  if (parentSpanContext?.spanId) writeId(0x22, parentSpanContext.spanId);
  writeText(0x2a, span.name);
  writeCount(0x30, span.kind + 1);
  writeTime(0x39, span.startTime);
  writeTime(0x41, span.endTime);
  if (attributes) writeAttributes(out, 0x4a, attributes);
  writeCount(0x50, span.droppedAttributesCount);
  for (const event of span.events) writeEvent(event);
  writeCount(0x60, span.droppedEventsCount);
  for (const link of span.links) writeLink(link);
  writeCount(0x70, span.droppedLinksCount);
  writeStatus(span.status);
  out.byte(0x85);
  out.byte(0x01);
  out.fixed32(flagsOf(context.traceFlags, parentSpanContext?.isRemote));
  out.close(start, 2);
}

function writeEvent({ time, name, attributes, droppedAttributesCount }: Event): void {
  out.byte(0x5a);
  const start = out.open(2);
  writeTime(0x09, time);
  writeText(0x12, name);
  if (attributes) writeAttributes(out, 0x1a, attributes);
  writeCount(0x20, droppedAttributesCount ?? 0);
  out.close(start, 2);
}

function writeLink({ context, attributes, droppedAttributesCount }: Link): void {
  out.byte(0x6a);
  const start = out.open(1);
  writeIds(context);
  if (attributes) writeAttributes(out, 0x22, attributes);
  writeCount(0x28, droppedAttributesCount ?? 0);
  out.byte(0x35);
  out.fixed32(flagsOf(context.traceFlags, context.isRemote));
  out.close(start, 1);
}

function writeStatus({ code, message }: SpanStatus): void {
  out.byte(0x7a);
  const start = out.open(1);
  if (message) writeText(0x12, message);
  writeCount(0x18, code);
  out.close(start, 1);
}

/** The first three fields of spans and links alike. */
function writeIds({ traceId, spanId, traceState }: SpanContext): void {
  writeId(0x0a, traceId);
  writeId(0x12, spanId);
  const state = traceState?.serialize();
  if (state) writeText(0x1a, state);
}

function writeId(tag: number, digits: string): void {
  out.byte(tag);
  out.hex(digits);
}

function writeText(tag: number, text: string): void {
  out.byte(tag);
  out.text(text);
}

function writeCount(tag: number, count: number): void {
  out.byte(tag);
  out.varint(count);
}

function writeTime(tag: number, [seconds, nanoseconds]: HrTime): void {
  out.byte(tag);
  out.time(seconds, nanoseconds);
}

function flagsOf(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0);
}
