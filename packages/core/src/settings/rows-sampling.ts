import { oneOf, ratio } from './kinds.ts';
import { readElsewhere } from './read-elsewhere.ts';
import { setting } from './setting.ts';

const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** The option `sampler` has a form of its own and is read where samplers are. */
export const samplingRows = {
  sampler: setting<(typeof samplerNames)[number]>({
    variables: ['OTEL_TRACES_SAMPLER'],
    options: [],
    kind: oneOf(samplerNames),
    fallback: 'parentbased_traceidratio',
    says: 'Which traces are kept.',
  }),
  samplerOption: readElsewhere({
    variables: [],
    options: ['sampler'],
    byDefault: 'what the variables say',
    says: 'Which traces are kept, in the form of declarative configuration (docs/sampling.md), or a Sampler of your own.',
  }),
  ratio: setting({
    variables: ['OTEL_TRACES_SAMPLER_ARG'],
    options: [],
    kind: ratio,
    fallback: 1,
    says: 'The share of traces that `traceidratio` keeps.',
  }),
  rules: readElsewhere({
    variables: ['OTEL_NODE_SAMPLING_RULES'],
    options: ['samplingRules'],
    byDefault: 'none',
    says: 'Rules by method, path, span kind and attribute, asked before the sampler where a trace begins (docs/sampling.md).',
  }),
  healthPaths: readElsewhere({
    variables: ['OTEL_NODE_HEALTH_PATHS'],
    options: ['healthPaths'],
    byDefault: 'the usual paths of health checks and metrics (docs/sampling.md)',
    says: 'Paths whose GET and HEAD begin no trace; `none` for none.',
  }),
};
