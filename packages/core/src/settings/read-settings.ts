import { orElse } from '../lifecycle/harmless.ts';
import { Environment } from './environment.ts';
import { optionAt } from './option-at.ts';
import type { InitOptions, SamplerOption } from './options.ts';
import { readBatch } from './read-batch.ts';
import { readBuffer } from './read-buffer.ts';
import { readExporters } from './read-exporters.ts';
import { readLogLimits, readSpanLimits } from './read-limits.ts';
import { readOtlp } from './read-otlp.ts';
import { readPrometheus } from './read-prometheus.ts';
import { generalRows } from './rows-general.ts';
import { metricRows } from './rows-metrics.ts';
import { propagationRows } from './rows-propagation.ts';
import { readSamplerVariables, samplerProblem } from './sampler-setting.ts';
import { settingLayers } from './setting-layers.ts';
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

/** The settings in force, and what was wrong with those that could not be used. */
export interface SettingsReading {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** Reads every setting once: an option wins over its variable, the variable over the default. */
export function readSettings(variables: NodeJS.ProcessEnv, options: InitOptions): SettingsReading {
  const { variables: counted, fromFile = {}, ...layers } = settingLayers(variables, options);
  const problems = [...layers.problems];
  const env = new Environment(counted, problems, options, fromFile);
  const settings: Settings = {
    disabled: env.read(generalRows.disabled),
    serviceName: env.read(generalRows.serviceName),
    resourceAttributes: {
      ...env.read(generalRows.resourceAttributes),
      ...new Environment({}, [], fromFile).read(generalRows.resourceOption),
      ...env.read(generalRows.resourceOption),
    },
    propagators: env.read(propagationRows.propagators),
    sampler: samplerFrom(env),
    spanProcessors: spanProcessorsFrom(env, options),
    trustIncoming: Boolean(optionAt(options, 'trustIncoming') ?? true),
    diagnostics: env.read(generalRows.diagnostics),
    logLevel: env.read(generalRows.logLevel),
    buffer: readBuffer(env),
    traces: {
      ...signalFrom('traces', readExporters('traces', env), env),
      limits: readSpanLimits(env),
    },
    metrics: metricsFrom(env),
    logs: { ...signalFrom('logs', readExporters('logs', env), env), limits: readLogLimits(env) },
  };
  return { settings, problems: eachOnce(problems) };
}

/** A general variable is read for every signal. */
function eachOnce(problems: SettingProblem[]): SettingProblem[] {
  return [...new Map(problems.map((each) => [describeProblem(each), each])).values()];
}

/** Whatever it is that was given for a sampler: it never fails the start. */
function samplerFrom(env: Environment): Settings['sampler'] {
  const given = env.option('sampler');
  if (given === undefined) return readSamplerVariables(env);
  const problem = orElse(
    () => problemOf(given),
    () => ({ setting: 'sampler', got: shownValue(given), expected: 'a sampler' }),
  );
  if (!problem) return given as Settings['sampler'];
  env.report(problem.setting, problem.got, problem.expected, 'every trace');
  return keepEveryTrace;
}

function problemOf(given: unknown) {
  if (typeof (given as { shouldSample?: unknown }).shouldSample === 'function') return undefined;
  return samplerProblem(given as SamplerOption);
}

const keepEveryTrace: SamplerOption = {
  parentBased: { root: { traceIdRatioBased: { ratio: 1 } } },
};

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
