import { exemplarFilterNames } from '../metrics/exemplar-filter.ts';
import { Environment } from './environment.ts';
import type { InitOptions, SamplerOption } from './options.ts';
import { readBuffer } from './read-buffer.ts';
import { readCapturedHeaders } from './read-captured-headers.ts';
import { readExcludedUrls } from './read-excluded-urls.ts';
import { readExtensions } from './read-extensions.ts';
import { readDisabled, readEnabled } from './read-instrumentations.ts';
import { readOtlp } from './read-otlp.ts';
import { readPrometheus } from './read-prometheus.ts';
import { readRedaction } from './read-redaction.ts';
import { reservedProblems } from './reserved-options.ts';
import { readSamplerVariables, samplerProblem } from './sampler-setting.ts';
import type { SettingProblem } from './setting-problem.ts';
import type {
  BatchSettings,
  ExporterName,
  MetricSettings,
  Settings,
  SignalName,
  SignalSettings,
} from './settings.ts';

/** The settings in force, and what was wrong with those that could not be used. */
export interface SettingsReading {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** Reads every setting once: an option wins over its variable, the variable over the default. */
export function readSettings(variables: NodeJS.ProcessEnv, options: InitOptions): SettingsReading {
  const problems: SettingProblem[] = reservedProblems(options);
  const env = new Environment(variables, problems);
  const settings: Settings = {
    disabled: env.flag('OTEL_SDK_DISABLED'),
    serviceName: options.serviceName || env.text('OTEL_SERVICE_NAME'),
    resourceAttributes: {
      ...env.pairs('OTEL_RESOURCE_ATTRIBUTES'),
      ...options.resource?.attributes,
    },
    propagators: propagatorsFrom(env, options),
    sampler: samplerFrom(env, options),
    extensions: readExtensions(env, options),
    trustIncoming: options.trustIncoming ?? true,
    disabledInstrumentations: readDisabled(env, options.disabledInstrumentations),
    enabledInstrumentations: readEnabled(env, options),
    excludedUrls: readExcludedUrls(env, options.excludedUrls),
    redaction: readRedaction(env, options.redaction),
    capturedHeaders: readCapturedHeaders(env, options.capturedHeaders),
    diagnostics: options.diagnostics ?? false,
    // The specification's default is info; a library that is well says nothing in an application's log.
    logLevel: env.choice(['OTEL_LOG_LEVEL'], logLevels, 'warn'),
    buffer: readBuffer(env, options.buffer),
    traces: signalFrom('traces', exportersFrom('traces', exporterNames, env), env, options),
    metrics: metricsFrom(env, options),
    logs: signalFrom('logs', exportersFrom('logs', exporterNames, env), env, options),
  };
  return { settings, problems };
}

const logLevels = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] as const;
const propagatorNames = ['tracecontext', 'baggage', 'none'] as const;
const defaultPropagators = ['tracecontext', 'baggage'] as const;

function propagatorsFrom(env: Environment, options: InitOptions): Settings['propagators'] {
  const wanted = options.propagators;
  if (!wanted) return env.choices('OTEL_PROPAGATORS', propagatorNames, defaultPropagators);
  if (Array.isArray(wanted) && wanted.every(isPropagator)) return wanted;
  const expected = `a list of ${propagatorNames.join(', ')} or of propagators`;
  env.report('propagators', String(wanted), expected, defaultPropagators.join(','));
  return defaultPropagators;
}

function samplerFrom(env: Environment, options: InitOptions): Settings['sampler'] {
  if (!options.sampler) return readSamplerVariables(env);
  if ('shouldSample' in options.sampler) return options.sampler;
  const problem = samplerProblem(options.sampler);
  if (!problem) return options.sampler;
  env.report(problem.setting, problem.got, problem.expected, 'every trace');
  return keepEveryTrace;
}

const keepEveryTrace: SamplerOption = {
  parentBased: { root: { traceIdRatioBased: { ratio: 1 } } },
};

function isPropagator(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return propagatorNames.includes(given as never);
  return 'inject' in given && 'extract' in given && 'fields' in given;
}

const exporterNames = ['otlp', 'console', 'none'] as const;

function exportersFrom<T extends string>(
  signal: SignalName,
  known: readonly (T | 'otlp' | 'none')[],
  env: Environment,
): (T | 'otlp' | 'none')[] {
  const names = env.choices(`OTEL_${signal.toUpperCase()}_EXPORTER`, known, ['otlp']);
  return names.includes('none') ? [] : names;
}

function metricsFrom(env: Environment, options: InitOptions): MetricSettings {
  const names = exportersFrom('metrics', [...exporterNames, 'prometheus'], env);
  const filter = ['OTEL_METRICS_EXEMPLAR_FILTER'];
  const option = options.exporter?.prometheus;
  const pulled = option !== undefined || names.includes('prometheus');
  return {
    ...signalFrom('metrics', names, env, options),
    exemplarFilter: env.choice(filter, exemplarFilterNames, 'trace_based'),
    prometheus: pulled ? readPrometheus(env, option) : undefined,
  };
}

function signalFrom(
  signal: SignalName,
  names: readonly string[],
  env: Environment,
  options: InitOptions,
): SignalSettings {
  return {
    exporters: names.filter(isExporter),
    otlp: readOtlp(signal, env, options.exporter?.otlpHttp),
    batch: batchFrom(signal, env),
  };
}

function isExporter(name: string): name is ExporterName {
  return name === 'otlp' || name === 'console';
}

/** Defaults: OpenTelemetry 1.60, SDK environment variables (batch span and log record processors, metric export interval). */
function batchFrom(signal: SignalName, env: Environment): BatchSettings {
  if (signal === 'metrics') {
    const delayMillis = env.count(['OTEL_METRIC_EXPORT_INTERVAL'], 1, 60_000);
    return { maxQueueSize: 1, maxBatchSize: 1, delayMillis };
  }
  const prefix = signal === 'traces' ? 'OTEL_BSP' : 'OTEL_BLRP';
  const maxQueueSize = env.count([`${prefix}_MAX_QUEUE_SIZE`], 1, 2048);
  return {
    maxQueueSize,
    maxBatchSize: Math.min(env.count([`${prefix}_MAX_EXPORT_BATCH_SIZE`], 1, 512), maxQueueSize),
    delayMillis: env.count([`${prefix}_SCHEDULE_DELAY`], 0, signal === 'traces' ? 5000 : 1000),
  };
}
