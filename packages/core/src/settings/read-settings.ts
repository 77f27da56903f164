import { orElse } from '../lifecycle/harmless.ts';
import { Environment } from './environment.ts';
import { optionAt } from './option-at.ts';
import type { InitOptions } from './options.ts';
import { readBatch } from './read-batch.ts';
import { readBuffer } from './read-buffer.ts';
import { readConfigFile } from './read-config-file.ts';
import { readExporters } from './read-exporters.ts';
import { readHttp } from './read-http.ts';
import { readLogLimits, readSpanLimits } from './read-limits.ts';
import { readOtlp } from './read-otlp.ts';
import { readPrometheus } from './read-prometheus.ts';
import { readPropagation } from './read-propagation.ts';
import { readResource } from './read-resource.ts';
import { readSampling } from './read-sampling.ts';
import { reservedProblems } from './reserved-options.ts';
import { generalRows } from './rows-general.ts';
import { httpRows } from './rows-http.ts';
import { metricRows } from './rows-metrics.ts';
import { describeProblem, type SettingProblem } from './setting-problem.ts';
import {
  type ExporterName,
  exporterNames,
  type MetricSettings,
  type Settings,
  type SignalName,
  type SignalSettings,
} from './settings.ts';
import { shownValue } from './shown-value.ts';
import { unsupportedProblems } from './unsupported-variables.ts';

/** The settings in force, and what was wrong with those that could not be used. */
export interface SettingsReading {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** Reads every setting once: an option wins over its variable, the variable over the default. */
export function readSettings(variables: NodeJS.ProcessEnv, options: InitOptions): SettingsReading {
  const file = readConfigFile(variables);
  const counted = file.options ? nodeVariables(variables) : variables;
  const problems: SettingProblem[] = [
    ...reservedProblems(options),
    ...file.problems,
    ...unsupportedProblems(counted),
  ];
  const env = new Environment(counted, problems, options, file.options ?? {});
  const given = structuredOptions(env);
  const settings: Settings = {
    disabled: env.read(generalRows.disabled),
    serviceName: env.read(generalRows.serviceName),
    resourceAttributes: {
      ...env.read(generalRows.resourceAttributes),
      ...new Environment({}, [], file.options ?? {}).read(generalRows.resourceOption),
      ...env.read(generalRows.resourceOption),
    },
    detection: given((options) => readResource(env, options)),
    ...given((options) => readPropagation(env, options)),
    ...given((options) => readSampling(env, options)),
    spanProcessors: spanProcessorsFrom(env, options),
    diagnostics: optionAt(options, 'diagnostics') === true,
    logLevel: env.read(generalRows.logLevel),
    buffer: readBuffer(env),
    http: readHttp(env),
    exceptionSignal: env.read(httpRows.exceptionSignal),
    traces: {
      ...signalFrom('traces', readExporters('traces', env), env),
      limits: readSpanLimits(env),
    },
    metrics: metricsFrom(env),
    logs: { ...signalFrom('logs', readExporters('logs', env), env), limits: readLogLimits(env) },
  };
  return { settings, problems: eachOnce(problems) };
}

/** The specification: with a configuration file no other variable counts; those of this language are not in it. */
function nodeVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(([name]) => name.startsWith('OTEL_NODE_'));
  return Object.fromEntries(kept);
}

/** Options of which a part may be a function or an object of the application's. */
const STRUCTURED = [
  'sampler',
  'samplingRules',
  'healthPaths',
  'propagators',
  'trustIncoming',
  'baggage',
  'resource',
] as const;

/** Reads with these options, or without them where one cannot be looked at: whatever it is, it never fails the start. */
function structuredOptions(env: Environment) {
  const options: InitOptions = Object.fromEntries(
    STRUCTURED.map((name) => [name, env.option(name)]),
  );
  return <T>(read: (options: InitOptions) => T): T =>
    orElse(
      () => read(options),
      () => {
        const got = 'an object that throws';
        env.report(STRUCTURED.join(', '), got, 'values that can be read', 'none of them');
        return read({});
      },
    );
}

/** A general variable is read for every signal. */
function eachOnce(problems: SettingProblem[]): SettingProblem[] {
  return [...new Map(problems.map((each) => [describeProblem(each), each])).values()];
}

function spanProcessorsFrom(env: Environment, options: InitOptions): Settings['spanProcessors'] {
  const given = optionAt(options, 'spanProcessors');
  if (given === undefined) return [];
  if (Array.isArray(given) && given.every(isProcessor)) return given;
  env.report('spanProcessors', shownValue(given), 'a list of span processors', 'none of them');
  return [];
}

const processorMethods = ['onStart', 'onEnd', 'forceFlush', 'shutdown'];

function isProcessor(given: unknown): boolean {
  return processorMethods.every((name) => typeof optionAt(given, name) === 'function');
}

function metricsFrom(env: Environment): MetricSettings {
  const names = readExporters('metrics', env);
  const isPulled = env.option('exporter.prometheus') !== undefined || names.includes('prometheus');
  return {
    ...signalFrom('metrics', names, env),
    exemplarFilter: env.read(metricRows.exemplarFilter),
    temporalityPreference: env.read(metricRows.temporalityPreference),
    histogramAggregation: env.read(metricRows.defaultHistogramAggregation),
    ofDelivery: !env.read(metricRows.sdkMetricsDisabled),
    prometheus: isPulled ? readPrometheus(env) : undefined,
  };
}

function signalFrom(
  signal: SignalName,
  names: readonly string[],
  env: Environment,
): SignalSettings {
  const { batch, exportTimeoutMillis } = readBatch(signal, env);
  return {
    exporters: names.filter(isExporter),
    otlp: readOtlp(signal, env, exportTimeoutMillis),
    batch,
  };
}

function isExporter(name: string): name is ExporterName {
  return (exporterNames as readonly string[]).includes(name);
}
