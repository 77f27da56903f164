import { oneOf, ratio } from './kinds.ts';
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
    says: 'Which traces are kept; as an option `sampler`, in the form of declarative configuration.',
  }),
  ratio: setting({
    variables: ['OTEL_TRACES_SAMPLER_ARG'],
    options: [],
    kind: ratio,
    fallback: 1,
    says: 'The share of traces that `traceidratio` keeps.',
  }),
};
