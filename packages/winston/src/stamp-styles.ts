import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import type winston from 'winston';
import type { ReadyNames } from './field-names.ts';
import { markStamped } from './stamped.ts';

const MESSAGE = Symbol.for('message');

type Info = winston.Logform.TransformableInfo;
type Ids = Record<string, string | boolean>;

/** Writes the ids, which are in lower case, on the info. */
export type StampStyle = (info: Info, span: SpanContext) => void;

/** Each id is a field of the line. */
export function asFields(names: ReadyNames): StampStyle {
  const stamp = { fields: namesOf(names), suffix: '' };
  return function stampFields(info, span) {
    writeIds(info as unknown as Ids, span, names);
    if (typeof info[MESSAGE] === 'string') addToText(info, writeIds({}, span, names));
    markStamped(info, stamp);
  };
}

/** One field of the line holds all ids. */
export function asNested(names: ReadyNames, under: string): StampStyle {
  const stamp = { fields: [under], suffix: '' };
  return function stampNested(info, span) {
    const ids = writeIds({}, span, names);
    info[under] = ids;
    if (typeof info[MESSAGE] === 'string') addToText(info, { [under]: ids });
    markStamped(info, stamp);
  };
}

/** The ids stand behind the message; behind one that is no text they would be lost, so there they are fields. */
export function asText(names: ReadyNames): StampStyle {
  const stampFields = asFields(names);
  return function stampText(info, span) {
    if (typeof info.message !== 'string') return stampFields(info, span);
    const suffix = ` ${textOf(writeIds({}, span, names))}`;
    info.message += suffix;
    const text = info[MESSAGE];
    if (typeof text === 'string' && !isJson(text)) info[MESSAGE] = text + suffix;
    markStamped(info, { fields: [], suffix });
  };
}

function namesOf({ traceId, spanId, traceFlags, sampled }: ReadyNames): readonly string[] {
  return [traceId, spanId, traceFlags, sampled].filter((name) => name !== undefined);
}

function writeIds(target: Ids, span: SpanContext, names: ReadyNames): Ids {
  target[names.traceId] = span.traceId;
  target[names.spanId] = span.spanId;
  if (names.traceFlags) {
    target[names.traceFlags] = (span.traceFlags & 0xff).toString(16).padStart(2, '0');
  }
  if (names.sampled) target[names.sampled] = (span.traceFlags & TraceFlags.SAMPLED) !== 0;
  return target;
}

/** A format before this one has made the text already: the ids still belong in it. A later one makes it anew. */
function addToText(info: Info, ids: object): void {
  const text = info[MESSAGE] as string;
  const members = JSON.stringify(ids).slice(1, -1);
  if (text.includes(members)) return;
  info[MESSAGE] = isJson(text)
    ? `${text.slice(0, -1)}${text.length > 2 ? ',' : ''}${members}}`
    : `${text} ${textOf(ids)}`;
}

function isJson(text: string): boolean {
  return text.startsWith('{') && text.endsWith('}');
}

function textOf(ids: object): string {
  const parts = Object.entries(ids).map(([name, value]) =>
    typeof value === 'object' ? textOf(value) : `${name}=${value}`,
  );
  const text = parts.join(' ');
  return text.startsWith('[') ? text : `[${text}]`;
}
