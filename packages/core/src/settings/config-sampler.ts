import { camelCase } from './camel-case.ts';
import type { ConfigNode } from './config-node.ts';
import { composableRules, ownRules } from './config-rules.ts';
import type { ParentBasedOption, SamplerOption } from './sampler-option.ts';

/** The sampler of a configuration file; undefined for one that is not provided here, which is left and thereby named. */
export function configSampler(node: ConfigNode): SamplerOption | undefined {
  for (const [name, map] of Object.entries(samplers)) {
    const found = node.at(name);
    if (!found.isThere) continue;
    if (found.isBare) found.take();
    return map(found);
  }
  return undefined;
}

/** By their names in the schema; `rate_limited` and `rule_based` beside them are those of this distribution. */
const samplers: Readonly<Record<string, (node: ConfigNode) => SamplerOption | undefined>> = {
  always_on: () => ({ alwaysOn: {} }),
  always_off: () => ({ alwaysOff: {} }),
  trace_id_ratio_based: (node) => ({ traceIdRatioBased: { ratio: node.at('ratio').take() ?? 1 } }),
  parent_based: (node) => ({ parentBased: delegates(node) }),
  rate_limited: (node) => ({
    rateLimited: { tracesPerSecond: node.at('traces_per_second').take() as number },
  }),
  rule_based: (node) => ({
    ruleBased: {
      rules: ownRules(node.at('rules'), configSampler),
      fallback: configSampler(node.at('fallback')) ?? { alwaysOn: {} },
    },
  }),
  'composite/development': composed,
};

const delegateNames = [
  'root',
  'remote_parent_sampled',
  'remote_parent_not_sampled',
  'local_parent_sampled',
  'local_parent_not_sampled',
];

function delegates(node: ConfigNode): ParentBasedOption {
  const given = delegateNames.map((name) => [camelCase(name), configSampler(node.at(name))]);
  return Object.fromEntries(given.filter(([, sampler]) => sampler !== undefined));
}

/** What samplers are composed of: `probability` is not provided, for it decides by another part of the trace id. */
function composed(node: ConfigNode): SamplerOption | undefined {
  const [rules, parent] = [node.at('rule_based'), node.at('parent_threshold')];
  if (parent.isThere) {
    const root = composed(parent.at('root'));
    return { parentBased: root ? { root } : {} };
  }
  if (!rules.isThere) return configSampler(node);
  if (rules.isBare) rules.take();
  const given = composableRules(rules.at('rules'), composed);
  return { ruleBased: { rules: given, fallback: { alwaysOff: {} } } };
}
