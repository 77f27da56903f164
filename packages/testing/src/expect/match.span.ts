import type { Span, SpanEvent, SpanKind, StatusCode } from '../telemetry.ts';
import {
  differsIn,
  differsInAttributes,
  type ExpectedAttributes,
  type ExpectedValue,
  type Predicate,
} from './match.value.ts';

/** A text as a test states it. */
export type ExpectedText = string | RegExp | Predicate;

/** An event as a test states it; attributes that are not stated may be there. */
export interface ExpectedEvent {
  readonly name: ExpectedText;
  readonly attributes?: ExpectedAttributes;
}

/** A link as a test states it. */
export interface ExpectedLink {
  readonly traceId?: ExpectedText;
  readonly spanId?: ExpectedText;
  readonly attributes?: ExpectedAttributes;
}

/** One span as a test states it, without those below it. What is not stated is not looked at, except the status. */
export interface ExpectedSpanFacts {
  readonly name: ExpectedText;
  /** The resource's `service.name`. */
  readonly service?: ExpectedText;
  readonly kind?: SpanKind;
  /** Not stated: anything but an error. `any`: an error too. */
  readonly status?:
    | StatusCode
    | 'any'
    | { readonly code: StatusCode; readonly message?: ExpectedText };
  readonly attributes?: ExpectedAttributes;
  /** All events, in their order: `[]` means none. Not stated: not looked at. */
  readonly events?: readonly ExpectedEvent[];
  /** All links, in their order. Not stated: not looked at. */
  readonly links?: readonly ExpectedLink[];
  /** The name of the instrumentation scope. */
  readonly scope?: ExpectedText;
  /** Attributes of the resource. */
  readonly resource?: ExpectedAttributes;
  readonly traceState?: ExpectedText;
}

/** What differs between a stated span and one that arrived, a sentence each; empty when it matches. */
export function spanDifferences(expected: ExpectedSpanFacts, span: Span): string[] {
  return [
    ...differsIn('name', expected.name, span.name),
    ...differsIn('service', expected.service, span.service),
    ...differsIn('kind', expected.kind, span.kind),
    ...statusDifferences(expected.status, span),
    ...differsInAttributes('attributes', expected.attributes, span.attributes),
    ...eventDifferences(expected.events, span.events),
    ...linkDifferences(expected.links, span),
    ...differsIn('scope', expected.scope, span.scope.name),
    ...differsInAttributes('resource', expected.resource, span.resource.attributes),
    ...differsIn('traceState', expected.traceState, span.traceState),
  ];
}

function statusDifferences(expected: ExpectedSpanFacts['status'], span: Span): string[] {
  const { code, message } = span.status;
  if (expected === 'any') return [];
  if (expected === undefined) {
    const reason = message ? ` (${message})` : '';
    return code === 'error'
      ? [`status: expected no error, as none is stated, got error${reason}`]
      : [];
  }
  const stated = typeof expected === 'string' ? { code: expected } : expected;
  return [
    ...differsIn('status', stated.code, code),
    ...differsIn('status message', stated.message as ExpectedValue | undefined, message),
  ];
}

function eventDifferences(
  expected: ExpectedSpanFacts['events'],
  got: readonly SpanEvent[],
): string[] {
  if (expected === undefined) return [];
  if (expected.length !== got.length) {
    const names = got.map((event) => event.name).join(', ') || 'none';
    return [`events: expected ${expected.length}, got ${got.length} (${names})`];
  }
  return expected.flatMap((event, index) => {
    const here = got[index] as SpanEvent;
    return [
      ...differsIn(`events[${index}].name`, event.name, here.name),
      ...differsInAttributes(`events[${index}].attributes`, event.attributes, here.attributes),
    ];
  });
}

function linkDifferences(expected: ExpectedSpanFacts['links'], { links }: Span): string[] {
  if (expected === undefined) return [];
  if (expected.length !== links.length) {
    return [`links: expected ${expected.length}, got ${links.length}`];
  }
  return expected.flatMap((link, index) => {
    const here = links[index] as Span['links'][number];
    return [
      ...differsIn(`links[${index}].traceId`, link.traceId, here.traceId),
      ...differsIn(`links[${index}].spanId`, link.spanId, here.spanId),
      ...differsInAttributes(`links[${index}].attributes`, link.attributes, here.attributes),
    ];
  });
}
