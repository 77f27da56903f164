import { Environment } from './environment.ts';
import type { InitOptions } from './options.ts';
import { readBatch } from './read-batch.ts';
import { readBuffer } from './read-buffer.ts';
import { readCapturedHeaders } from './read-captured-headers.ts';
import { readExcludedUrls } from './read-excluded-urls.ts';
import { readExporters } from './read-exporters.ts';
import { readExtensions } from './read-extensions.ts';
import { readHttp } from './read-http.ts';
import { readDisabled, readEnabled } from './read-instrumentations.ts';
import { readLogLimits, readSpanLimits } from './read-limits.ts';
import { readOtlp } from './read-otlp.ts';
import { readPrometheus } from './read-prometheus.ts';
import { readPropagation } from './read-propagation.ts';
import { readRedaction } from './read-redaction.ts';
import { readResource } from './read-resource.ts';
import { readSampling } from './read-sampling.ts';
import { generalRows } from './rows-general.ts';
import { httpRows } from './rows-http.ts';
import { metricRows } from './rows-metrics.ts';
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
import { structuredOptions } from './structured-options.ts';

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
  const given = structuredOptions(env);
  const settings: Settings = {
    disabled: env.read(generalRows.disabled),
    serviceName: env.read(generalRows.serviceName),
    resourceAttributes: {
      ...env.read(generalRows.resourceAttributes),
      ...new Environment({}, [], fromFile).read(generalRows.resourceOption),
      ...env.read(generalRows.resourceOption),
    },
    detection: given((options) => readResource(env, options)),
    ...given((options) => readPropagation(env, options)),
    ...given((options) => readSampling(env, options)),
    extensions: given((options) => readExtensions(env, options)),
    disabledInstrumentations: given((options) =>
      readDisabled(env, options.disabledInstrumentations),
    ),
    enabledInstrumentations: given((options) => readEnabled(env, options)),
    excludedUrls: given((options) => readExcludedUrls(env, options.excludedUrls)),
    redaction: given((options) => readRedaction(env, options.redaction)),
    capturedHeaders: given((options) => readCapturedHeaders(env, options.capturedHeaders)),
    strict: env.read(generalRows.strict),
    diagnostics: env.read(generalRows.diagnostics),
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

/** A general variable is read for every signal. */
function eachOnce(problems: SettingProblem[]): SettingProblem[] {
  return [...new Map(problems.map((each) => [describeProblem(each), each])).values()];
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
