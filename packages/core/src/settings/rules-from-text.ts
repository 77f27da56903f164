import type { SamplerOption, SamplingRule, SpanKindName } from './sampler-option.ts';

/** How a rule is written, for the sentence about one that cannot be read. */
export const ruleSyntax =
  'rules separated by ;, each METHODS, /path*, kind:NAMES or attribute=value, then -> and drop, keep, ratio 0.1 or rate 5';

type Conditions = {
  -readonly [Name in keyof Omit<SamplingRule, 'sampler'>]: SamplingRule[Name];
};

/** Rules in their short form, such as `GET /feed/* -> rate 5; kind:consumer -> ratio 0.1`; undefined where that cannot be read. */
export function rulesFromText(text: string): SamplingRule[] | undefined {
  const parts = text.split(';').filter((part) => part.trim() !== '');
  const rules = parts.map(ruleFrom);
  return rules.every((rule) => rule !== undefined) ? rules : undefined;
}

function ruleFrom(text: string): SamplingRule | undefined {
  const [left, right, ...more] = text.split('->');
  if (left === undefined || right === undefined || more.length > 0) return undefined;
  const conditions: Conditions = {};
  const words = left.split(/\s+/).filter((word) => word !== '');
  const sampler = samplerFrom(right.trim());
  if (words.length === 0 || !sampler) return undefined;
  return words.every((word) => addCondition(conditions, word))
    ? { ...conditions, sampler }
    : undefined;
}

const kinds: readonly string[] = ['internal', 'server', 'client', 'producer', 'consumer'];

/** Whether the word is a condition that can be read. */
function addCondition(conditions: Conditions, word: string): boolean {
  if (/^[/*]/.test(word)) conditions.path = word;
  else if (/^[A-Z]+(,[A-Z]+)*$/.test(word)) conditions.methods = word.split(',');
  else if (word.startsWith('kind:')) return addKinds(conditions, word.slice(5));
  else return addAttribute(conditions, word);
  return true;
}

function addKinds(conditions: Conditions, names: string): boolean {
  const list = names.toLowerCase().split(',');
  conditions.spanKinds = list as SpanKindName[];
  return list.every((name) => kinds.includes(name));
}

/** Percent-encoded, as in OTEL_RESOURCE_ATTRIBUTES. */
function addAttribute(conditions: Conditions, word: string): boolean {
  const split = word.indexOf('=');
  if (split < 1) return false;
  try {
    const [key, value] = [word.slice(0, split), word.slice(split + 1)].map(decodeURIComponent);
    conditions.attributes = { ...conditions.attributes, [key as string]: value as string };
    return true;
  } catch {
    return false;
  }
}

function samplerFrom(text: string): SamplerOption | undefined {
  const [name, argument, ...more] = text.toLowerCase().split(/\s+/);
  const number = Number(argument);
  if (more.length > 0) return undefined;
  if (argument === undefined) {
    if (name === 'drop') return { alwaysOff: {} };
    return name === 'keep' ? { alwaysOn: {} } : undefined;
  }
  if (name === 'ratio' && number >= 0 && number <= 1) {
    return { traceIdRatioBased: { ratio: number } };
  }
  const isRate = name === 'rate' && number >= 0 && Number.isFinite(number);
  return isRate ? { rateLimited: { tracesPerSecond: number } } : undefined;
}
