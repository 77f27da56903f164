import { text } from './kinds.ts';
import { setting } from './setting.ts';

export const configFileRows = {
  configFile: setting({
    variables: ['OTEL_CONFIG_FILE', 'OTEL_EXPERIMENTAL_CONFIG_FILE'],
    options: [],
    kind: text,
    fallback: undefined,
    byDefault: 'none',
    says: 'A YAML file of declarative configuration; every other variable but `OTEL_NODE_*` is ignored then.',
  }),
};
