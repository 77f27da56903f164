import { camelCase } from './camel-case.ts';
import type { ConfigNode } from './config-node.ts';
import type { SamplerOption, SamplingRule } from './sampler-option.ts';

type ToSampler = (node: ConfigNode) => SamplerOption | undefined;

/** Rules in the form of the option, with names in snake case. */
export function ownRules(node: ConfigNode, toSampler: ToSampler): SamplingRule[] {
  return node.items().map((rule) => {
    const names = ['methods', 'path', 'span_kinds', 'attributes'];
    const conditions = names.map((name) => [camelCase(name), rule.at(name).take()]);
    const given = Object.fromEntries(conditions.filter(([, value]) => value !== undefined));
    return { ...given, sampler: toSampler(rule.at('sampler')) } as SamplingRule;
  });
}

/**
 * The rules of the schema's `composite/development`. One that cannot be kept as it is meant is left as a
 * whole, and thereby named: without one of its conditions it would match too much.
 */
export function composableRules(node: ConfigNode, toSampler: ToSampler): SamplingRule[] {
  return node.items().flatMap((rule) => {
    const conditions = conditionsOf(rule);
    const sampler = conditions && toSampler(rule.at('sampler'));
    if (!sampler) return [];
    for (const name of ['attribute_values', 'attribute_patterns', 'span_kinds', 'parent']) {
      rule.at(name).take();
    }
    return conditions.map((each) => ({ ...each, sampler }));
  });
}

type Conditions = Omit<SamplingRule, 'sampler'>;

interface Matcher {
  readonly key: string;
  readonly values?: readonly string[];
  readonly included?: readonly string[];
  readonly excluded?: readonly string[];
}

/** One for each combination of a value and a pattern; undefined where there is no rule that says the same. */
function conditionsOf(rule: ConfigNode): Conditions[] | undefined {
  const [exact, patterns] = [rule.at('attribute_values'), rule.at('attribute_patterns')];
  const [values, included] = [exact.peek<Matcher>(), patterns.peek<Matcher>()];
  const isExact = !values?.values?.some((value) => /[*?]/.test(String(value)));
  const isOneKey = values?.key === undefined || values.key !== included?.key;
  if (!isExact || !isOneKey || included?.excluded || !isOfEntries(rule)) return undefined;
  const spanKinds = rule.at('span_kinds').peek<SamplingRule['spanKinds']>();
  const kinds: Conditions[] = [spanKinds ? { spanKinds } : {}];
  return combined(
    combined(kinds, values?.key, values?.values),
    included?.key,
    included && (included.included ?? ['*']),
  );
}

/** Rules are asked where a trace begins or enters this process, and not inside. */
function isOfEntries(rule: ConfigNode): boolean {
  const parents = rule.at('parent').peek<readonly string[]>();
  return !parents || (parents.includes('none') && parents.includes('remote'));
}

function combined(
  before: Conditions[],
  key: string | undefined,
  patterns: readonly string[] | undefined,
): Conditions[] {
  if (key === undefined || patterns === undefined) return before;
  return before.flatMap((each) => patterns.map((pattern) => withAttribute(each, key, pattern)));
}

/** Method and path have conditions of their own, which cost less: the span's attributes are not made for them. */
function withAttribute(before: Conditions, key: string, pattern: string): Conditions {
  if (key === 'http.request.method' && !/[*?]/.test(pattern)) {
    return { ...before, methods: [pattern] };
  }
  if (key === 'url.path' && /^[/*]/.test(pattern)) return { ...before, path: pattern };
  return { ...before, attributes: { ...before.attributes, [key]: pattern } };
}
