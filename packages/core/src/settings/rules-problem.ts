import type { OptionProblem } from './option-problem.ts';
import type { SpanKindName } from './sampler-option.ts';

const kindNames: readonly SpanKindName[] = ['internal', 'server', 'client', 'producer', 'consumer'];

/** A condition of a rule: what it must be, and whether a value is that. */
interface Expectation {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const expectations: Record<string, Expectation> = {
  methods: { expected: 'a list of request methods', holds: (value) => isListOf(value, isText) },
  path: {
    expected: 'a path pattern that begins with / or *',
    holds: (value) => isText(value) && /^[/*]/.test(value),
  },
  spanKinds: {
    expected: `a list of ${kindNames.join(', ')}`,
    holds: (value) => isListOf(value, (each) => kindNames.includes(each as SpanKindName)),
  },
  attributes: {
    expected: 'attributes by name',
    holds: (value) => typeof value === 'object' && value !== null,
  },
  sampler: { expected: 'a sampler', holds: (value) => typeof value === 'object' && value !== null },
};

type Check = (option: unknown, setting: string) => OptionProblem | undefined;

/** What is wrong with a list of sampling rules, if anything; `ofSampler` says it of a rule's sampler. */
export function rulesProblem(
  rules: unknown,
  setting: string,
  ofSampler: Check,
): OptionProblem | undefined {
  if (!Array.isArray(rules)) return { setting, got: String(rules), expected: 'a list of rules' };
  for (const [at, rule] of rules.entries()) {
    const found = problemOf(rule ?? {}, `${setting}[${at}]`, ofSampler);
    if (found) return found;
  }
  return undefined;
}

function problemOf(
  rule: Record<string, unknown>,
  setting: string,
  ofSampler: Check,
): OptionProblem | undefined {
  for (const [name, value] of Object.entries({ sampler: undefined, ...rule })) {
    const expectation = Object.hasOwn(expectations, name) ? expectations[name] : undefined;
    if (!expectation) return wrong(setting, name, `one of ${Object.keys(expectations).join(', ')}`);
    if (value === undefined && name !== 'sampler') continue;
    if (!expectation.holds(value)) return wrong(`${setting}.${name}`, value, expectation.expected);
  }
  return ofSampler(rule['sampler'], `${setting}.sampler`);
}

function wrong(setting: string, value: unknown, expected: string): OptionProblem {
  const got = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { setting, got, expected };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isListOf(value: unknown, holds: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(holds);
}
