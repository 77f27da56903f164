import { camelCase } from './camel-case.ts';
import type { ConfigNode } from './config-node.ts';
import { ownRules } from './config-rules.ts';
import { configSampler } from './config-sampler.ts';

/** Options for which the schema has no place, as paths in `distribution.otel_node`. */
const paths = [
  'strict',
  'diagnostics',
  'health_paths',
  'trust_incoming',
  'baggage.hosts',
  'baggage.attributes',
  'instrumentations',
  'disabled_instrumentations',
  'excluded_urls',
  'redaction.query_keys',
  'redaction.all_query_values',
  'redaction.headers',
  'http.active_requests',
  'http.body_sizes',
  'http.known_methods',
  'exception_signal',
  'buffer.max_bytes',
  'buffer.max_age_millis',
];

/** What a configuration file says in the section of this distribution, as options. */
export function configDistribution(distribution: ConfigNode): object {
  const own = distribution.at('otel_node');
  if (own.isBare) own.take();
  const rules = own.at('sampling_rules');
  const options: Record<string, unknown> = {};
  for (const path of paths) setAt(options, path.split('.'), own);
  if (rules.isThere) options['samplingRules'] = ownRules(rules, configSampler);
  return options;
}

function setAt(options: Record<string, unknown>, [name, ...rest]: string[], node: ConfigNode) {
  const found = node.at(name as string);
  if (!found.isThere) return;
  const option = camelCase(name as string);
  if (rest.length === 0) {
    options[option] = found.take();
    return;
  }
  options[option] ??= {};
  setAt(options[option] as Record<string, unknown>, rest, found);
}
