import { propagation } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { headerCaptures } from './channels/capture-headers.ts';
import { sendExceptionsAs } from './channels/exception-signal.ts';
import { knowMethods } from './channels/http-method.ts';
import { observeChannels } from './channels/observe-channels.ts';
import { urlRedaction } from './channels/redact-url.ts';
import { AsyncContext } from './context/async-context.ts';
import { baggageGate } from './context/baggage-gate.ts';
import { propagatorFor } from './context/propagators.ts';
import { registerGlobals, unregisterGlobals } from './instance/api-globals.ts';
import { isRegistered } from './instance/api-realm.ts';
import { officialInstrumentations } from './instance/official-instrumentations.ts';
import { enableInstrumentations } from './instance/own-instrumentations.ts';
import { registeredSdk, thisPackage } from './instance/registered-sdk.ts';
import { runningCore } from './instance/running-core.ts';
import {
  foreignCopy,
  type RunningCore,
  type SharedCore,
  sharedCore,
} from './instance/shared-core.ts';
import { watchLoaded } from './instance/watch-loaded.ts';
import { logDiagnostics } from './lifecycle/diagnostics-logger.ts';
import { flushAtProcessEnd } from './lifecycle/process-end.ts';
import { runtimeObstacle } from './lifecycle/runtime-obstacle.ts';
import { startSummary } from './lifecycle/start-summary.ts';
import { warn } from './lifecycle/warnings.ts';
import { startPipelines } from './pipelines.ts';
import { serviceResource } from './resource/service-resource.ts';
import { settleNow } from './resource/settle-now.ts';
import type { Instrumentation } from './settings/extensions-option.ts';
import type { InitOptions } from './settings/options.ts';
import { readSettings, type SettingsReading } from './settings/read-settings.ts';
import { describeProblem, SettingsError } from './settings/setting-problem.ts';
import type { Settings } from './settings/settings.ts';
import { inertTelemetry, type Telemetry } from './telemetry.ts';
import { telemetryHandle } from './telemetry-handle.ts';
import { version } from './version.ts';

/**
 * Starts telemetry for this process: traces, metrics and logs over OTLP. Synchronous; may be called
 * before or after any other import, and again: a second call returns the running handle and ignores
 * its options. `OTEL_SDK_DISABLED=true` turns everything off but the propagators.
 *
 * A setting that cannot be used is reported on stderr and its default is used.
 *
 * @throws SettingsError with `strict: true`, or `OTEL_NODE_STRICT=true`, when a setting cannot be used as given
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
  const settings = settingsOf(readSettings(process.env, options ?? {}));
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

function settingsOf({ settings, problems }: SettingsReading): Settings {
  if (settings.strict && problems.length > 0) throw new SettingsError(problems);
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
  const pipelines = startPipelines(settings, resource, shared);
  const { traces, metrics, logs } = pipelines;
  const urls = urlRedaction(settings.redaction);
  const stops = [
    observeChannels({
      tracer: traces.provider.getTracer('@org/otel-core', version),
      propagator,
      get durations() {
        return metrics.durations;
      },
      trustIncoming: settings.trustIncoming,
      baggageGate: baggageGate(settings.baggage),
      disabled: settings.disabledInstrumentations,
      excludedUrls: settings.excludedUrls,
      redaction: urls,
      captures: headerCaptures(settings.capturedHeaders, settings.redaction, urls),
      storage: contextManager.storage,
      http: settings.http,
      meter: metrics.provider.getMeter('@org/otel-core', version),
    }),
    knowMethods(settings.http.knownMethods),
    sendExceptionsAs(settings.exceptionSignal, logs.provider.getLogger('@org/otel-core', version)),
    flushAtProcessEnd({
      ...pipelines,
      flush() {
        settleNow(resource);
        return pipelines.flush();
      },
    }),
  ];
  const globals = {
    contextManager,
    propagator,
    tracerProvider: traces.provider,
    meterProvider: metrics.provider,
    loggerProvider: logs.provider,
  };
  const taken = registerGlobals(globals);
  warnOfOthers(taken);
  stops.push(enableInstrumentations(instrumentationsFor(settings), globals));
  stops.push(unregisterGlobals, logDiagnostics(settings.logLevel), watchLoaded(taken.length > 0));
  const telemetry = telemetryHandle(pipelines, function takeDown() {
    for (const stop of stops) stop();
    settleNow(resource);
    shared.running = undefined;
  });
  shared.running = runningCore(telemetry, globals, metrics, settings.disabledInstrumentations);
  if (settings.diagnostics) for (const line of startSummary(settings, resource)) warn(line, line);
  return telemetry;
}

function instrumentationsFor(settings: Settings): Instrumentation[] {
  const { enabledInstrumentations, extensions } = settings;
  return [...officialInstrumentations(enabledInstrumentations), ...extensions.instrumentations];
}

function warnOfOthers(taken: string[]): void {
  if (taken.length === 0) return;
  warn(
    'globals',
    `another OpenTelemetry SDK, or another copy of @opentelemetry/api, is registered in this process (${taken.join(', ')}): ${registeredSdk()}; here it meets ${thisPackage()}. Remove one of them, or what the application records goes there`,
  );
}
