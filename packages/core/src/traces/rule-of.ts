import { SpanKind } from '@opentelemetry/api';
import type { SamplingRule, SpanKindName } from '../settings/sampler-option.ts';
import type { HeadSampler } from './head-sampler.ts';
import type { Rule } from './rule-sampler.ts';
import type { SpanSubject } from './span-subject.ts';
import { wildcard } from './wildcard.ts';

const kinds: Record<SpanKindName, SpanKind> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

type Condition = (kind: SpanKind, subject: SpanSubject) => boolean;

/** A rule made ready, cheapest condition first. */
export function ruleOf(given: SamplingRule, sampler: HeadSampler): Rule {
  const conditions = [
    kindCondition(given.spanKinds),
    methodCondition(given.methods),
    pathCondition(given.path),
    ...Object.entries(given.attributes ?? {}).map(attributeCondition),
  ].filter((condition) => condition !== undefined);
  function matches(kind: SpanKind, subject: SpanSubject): boolean {
    for (const holds of conditions) if (!holds(kind, subject)) return false;
    return true;
  }
  return { sampler, matches };
}

function kindCondition(names: readonly SpanKindName[] | undefined): Condition | undefined {
  const wanted = names && new Set(names.map((name) => kinds[name]));
  return wanted && ((kind) => wanted.has(kind));
}

function methodCondition(methods: readonly string[] | undefined): Condition | undefined {
  const wanted = methods && new Set(methods);
  return wanted && ((_, { method }) => method !== undefined && wanted.has(method));
}

function pathCondition(pattern: string | undefined): Condition | undefined {
  if (pattern === undefined) return undefined;
  const matches = wildcard(pattern);
  return (_, { path }) => path !== undefined && matches(path);
}

function attributeCondition([key, pattern]: [string, string | number | boolean]): Condition {
  const matches = wildcard(String(pattern));
  return function holds(_, subject) {
    const value = subject.attributes()?.[key];
    const values = Array.isArray(value) ? value : [value];
    return values.some((each) => each !== undefined && each !== null && matches(String(each)));
  };
}
