import type { SettingProblem } from './setting-problem.ts';

const zipkin = {
  expected:
    'it not to be set: spans leave over OTLP, and a Collector with a zipkin exporter hands them to Zipkin',
  using: 'OTEL_TRACES_EXPORTER and OTEL_EXPORTER_OTLP_ENDPOINT',
};

/** Variables of the specification that have no effect here, with the sentence that says so. */
export const unsupportedVariables: Readonly<
  Record<string, Pick<SettingProblem, 'expected' | 'using'>>
> = {
  OTEL_EXPORTER_ZIPKIN_ENDPOINT: zipkin,
  OTEL_EXPORTER_ZIPKIN_TIMEOUT: zipkin,
  OTEL_ENTITIES: {
    expected: 'it not to be set: its format is still in development',
    using: 'OTEL_RESOURCE_ATTRIBUTES',
  },
};

/** A sentence for each of them that is set. */
export function unsupportedProblems(variables: NodeJS.ProcessEnv): SettingProblem[] {
  return Object.entries(unsupportedVariables)
    .filter(([setting]) => variables[setting]?.trim())
    .map(([setting, sentence]) => ({ setting, got: 'a value', ...sentence }));
}
