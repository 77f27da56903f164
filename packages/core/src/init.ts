import { propagation, trace } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { observeChannels } from './channels/observe-channels.ts';
import { recordException } from './channels/record-exception.ts';
import { ServerRequest } from './channels/server-request.ts';
import { AsyncContext } from './context/async-context.ts';
import { propagatorFor } from './context/propagators.ts';
import { type ApiGlobals, registerGlobals, unregisterGlobals } from './instance/api-globals.ts';
import { isRegistered } from './instance/api-realm.ts';
import {
  foreignCopy,
  type RunningCore,
  type SharedCore,
  sharedCore,
} from './instance/shared-core.ts';
import { logDiagnostics } from './lifecycle/diagnostics-logger.ts';
import { holdProcess } from './lifecycle/hold-process.ts';
import { flushAtProcessEnd } from './lifecycle/process-end.ts';
import { runtimeObstacle } from './lifecycle/runtime-obstacle.ts';
import { startSummary } from './lifecycle/start-summary.ts';
import { warn } from './lifecycle/warnings.ts';
import { within } from './lifecycle/within.ts';
import { type LogPipeline, logPipeline } from './logs/log-pipeline.ts';
import { type MetricPipeline, metricPipeline } from './metrics/metric-pipeline.ts';
import { serviceResource } from './resource/service-resource.ts';
import type { InitOptions } from './settings/options.ts';
import { readSettings, type SettingsReading } from './settings/read-settings.ts';
import { describeProblem, SettingsError } from './settings/setting-problem.ts';
import type { Settings } from './settings/settings.ts';
import { inertTelemetry, type Telemetry } from './telemetry.ts';
import { type TracePipeline, tracePipeline } from './traces/trace-pipeline.ts';

/** How long shutdown may take, in milliseconds. */
const SHUTDOWN_DEADLINE = 5000;

/**
 * Starts telemetry for this process: traces, metrics and logs over OTLP. Synchronous; may be called
 * before or after any other import, and again: a second call returns the running handle and ignores
 * its options. `OTEL_SDK_DISABLED=true` turns everything off but the propagators.
 *
 * A setting that cannot be used is reported on stderr and its default is used.
 *
 * @throws SettingsError with `strict: true`, when a setting cannot be used as given
 *
 * @example
 * ```ts
 * import { init } from '@org/otel-core';
 *
 * const telemetry = init({ serviceName: 'shop' });
 * ```
 */
export function init(options: InitOptions = {}): Telemetry {
  const obstacle = runtimeObstacle() ?? foreignCopy();
  if (obstacle) return refuse(obstacle);
  const shared = sharedCore();
  if (shared.running) return attach(shared.running);
  const settings = settingsOf(readSettings(process.env, options), options);
  if (settings.disabled) return keepPropagation(settings);
  return start(settings, serviceResource(settings), shared);
}

function refuse(obstacle: string): Telemetry {
  warn('obstacle', obstacle);
  return inertTelemetry;
}

/** This copy came second: it joins the running one, whose API globals its own realm may still lack. */
function attach(running: RunningCore): Telemetry {
  if (!isRegistered('trace')) registerGlobals(running.globals);
  return running.telemetry;
}

function settingsOf({ settings, problems }: SettingsReading, options: InitOptions): Settings {
  if (options.strict && problems.length > 0) throw new SettingsError(problems);
  for (const problem of problems) warn(problem.setting, describeProblem(problem));
  return settings;
}

/** The specification: OTEL_SDK_DISABLED has no effect on propagators. */
function keepPropagation(settings: Settings): Telemetry {
  propagation.setGlobalPropagator(propagatorFor(settings.propagators));
  return inertTelemetry;
}

function start(settings: Settings, resource: Resource, shared: SharedCore): Telemetry {
  const contextManager = new AsyncContext();
  const propagator = propagatorFor(settings.propagators);
  const traces = tracePipeline(settings, resource);
  const metrics = metricPipeline(settings, resource, shared);
  const logs = logPipeline(settings, resource);
  const globals: ApiGlobals = {
    contextManager,
    propagator,
    tracerProvider: traces.provider,
    meterProvider: metrics.provider,
    loggerProvider: logs.provider,
  };
  const stopChannels = observeChannels({
    tracer: traces.provider.getTracer('@org/otel-core'),
    propagator,
    durations: metrics.durations,
    trustIncoming: settings.trustIncoming,
    storage: contextManager.storage,
  });
  const pipelines = { traces, metrics, logs };
  const flush = () => flushAll(pipelines);
  const pending = () => traces.stats().queued + logs.stats().queued > 0;
  const giveUp = () => giveUpAll(pipelines);
  const stopWaiting = flushAtProcessEnd({ flush, pending, giveUp });
  let stopLogging: (() => void) | undefined;
  const telemetry = handle(pipelines, () => {
    stopWaiting();
    stopChannels();
    unregisterGlobals();
    stopLogging?.();
    shared.running = undefined;
  });
  shared.running = runningCore(telemetry, globals, metrics);
  warnOfOthers(registerGlobals(globals));
  stopLogging = logDiagnostics(settings.logLevel);
  if (settings.diagnostics) for (const line of startSummary(settings, resource)) warn(line, line);
  return telemetry;
}

interface Pipelines {
  readonly traces: TracePipeline;
  readonly metrics: MetricPipeline;
  readonly logs: LogPipeline;
}

async function flushAll(pipelines: Pipelines): Promise<void> {
  await Promise.allSettled(Object.values(pipelines).map((pipeline) => pipeline.flush()));
}

function giveUpAll(pipelines: Pipelines): void {
  for (const pipeline of Object.values(pipelines)) pipeline.giveUp();
}

async function shutdownAll(pipelines: Pipelines): Promise<void> {
  await Promise.allSettled(Object.values(pipelines).map((pipeline) => pipeline.shutdown()));
}

function handle(pipelines: Pipelines, takeDown: () => void): Telemetry {
  let ending: Promise<void> | undefined;
  const shutdown = () => {
    if (!ending) {
      takeDown();
      ending = within(SHUTDOWN_DEADLINE, shutdownAll(pipelines)).then(() => giveUpAll(pipelines));
    }
    return ending;
  };
  return {
    enabled: true,
    forceFlush: ({ timeoutMillis } = {}) => {
      const flushed = flushAll(pipelines);
      return timeoutMillis === undefined ? holdProcess(flushed) : within(timeoutMillis, flushed);
    },
    shutdown,
    stats: () => ({
      traces: pipelines.traces.stats(),
      metrics: pipelines.metrics.stats(),
      logs: pipelines.logs.stats(),
    }),
    [Symbol.asyncDispose]: shutdown,
  };
}

function runningCore(
  telemetry: Telemetry,
  globals: ApiGlobals,
  metrics: MetricPipeline,
): RunningCore {
  return {
    telemetry,
    globals,
    setRoute: (request, route) => ServerRequest.of(request)?.setRoute(route),
    recordError(request, error) {
      const state = request && ServerRequest.of(request);
      if (state) state.recordError(error);
      else recordException(trace.getActiveSpan(), error);
    },
    collectMetrics: (without) => metrics.collection.collect(without),
    repeatInstruments: (listener) => metrics.news.repeatTo(listener),
  };
}

function warnOfOthers(taken: string[]): void {
  if (taken.length === 0) return;
  warn(
    'globals',
    `another OpenTelemetry SDK, or another copy of @opentelemetry/api, is registered in this process (${taken.join(', ')}); remove it, or spans of the application go there`,
  );
}
