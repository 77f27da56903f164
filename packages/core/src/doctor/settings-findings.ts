import { runtimeObstacle } from '../lifecycle/runtime-obstacle.ts';
import { Environment } from '../settings/environment.ts';
import type { InitOptions } from '../settings/options.ts';
import type { SettingsReading } from '../settings/read-settings.ts';
import { GENERAL_ENDPOINTS, otlpRows } from '../settings/rows-otlp.ts';
import type { SamplerOption } from '../settings/sampler-option.ts';
import { settingLayers } from '../settings/setting-layers.ts';
import { describeProblem } from '../settings/setting-problem.ts';
import type { Settings, SignalName } from '../settings/settings.ts';
import { shownUrl } from '../settings/shown-url.ts';
import type { Finding } from './finding.ts';

const SIGNALS: readonly SignalName[] = ['traces', 'metrics', 'logs'];

/** What the settings themselves show, before anything is sent. */
export function settingsFindings(
  { settings, problems }: SettingsReading,
  variables: NodeJS.ProcessEnv,
  options: InitOptions,
): Finding[] {
  return [
    ...runtime(),
    ...problems.map((problem) => unusable(describeProblem(problem))),
    ...disabled(settings),
    ...nowhere(settings),
    ...sampling(settings),
    ...overOtlp(settings).flatMap((signal) => [
      ...paths(signal, settings, variables, options),
      ...ports(signal, settings),
      ...proxies(signal, settings),
    ]),
  ];
}

/** The signals that leave over OTLP. */
export function overOtlp(settings: Settings): SignalName[] {
  return SIGNALS.filter((signal) => settings[signal].exporters.includes('otlp'));
}

function runtime(): Finding[] {
  const obstacle = runtimeObstacle();
  if (!obstacle) return [];
  return [{ id: 'runtime', level: 'error', what: obstacle, advice: 'Use Node.js 22.15 or newer.' }];
}

function unusable(sentence: string): Finding {
  const advice = 'Correct it, or take it away.';
  return { id: 'setting-unusable', level: 'warning', what: sentence, advice };
}

function disabled(settings: Settings): Finding[] {
  if (!settings.disabled) return [];
  const what = 'The SDK is switched off: nothing is recorded, only the propagators work.';
  const advice = 'Take OTEL_SDK_DISABLED (or the option disabled) away.';
  return [{ id: 'sdk-disabled', level: 'error', what, advice }];
}

function nowhere(settings: Settings): Finding[] {
  const without = SIGNALS.filter((signal) => goesNowhere(signal, settings));
  const level = without.length === SIGNALS.length ? 'error' : 'warning';
  return without.map((signal) => ({
    id: 'exporter-none',
    level,
    what: `The exporter of ${signal} is none: they are not sent anywhere.`,
    advice: `If they are wanted, take OTEL_${signal.toUpperCase()}_EXPORTER=none (or ${signal}.exporters: []) away.`,
    signals: [signal],
  }));
}

function goesNowhere(signal: SignalName, settings: Settings): boolean {
  const isPulled = signal === 'metrics' && settings.metrics.prometheus !== undefined;
  return settings[signal].exporters.length === 0 && !isPulled;
}

function sampling({ sampler }: Settings): Finding[] {
  if ('shouldSample' in sampler) return [];
  const root = 'parentBased' in sampler ? sampler.parentBased.root : sampler;
  if (!root || !keepsNothing(root)) return [];
  const isAlways = root === sampler;
  const what = isAlways
    ? 'The sampler keeps no trace at all.'
    : 'The sampler keeps no trace that begins here, only those that a caller has decided to keep.';
  const advice =
    'Look at OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG (or the option sampler); parentbased_traceidratio with 1 keeps all.';
  const level = isAlways ? 'error' : 'warning';
  return [{ id: 'sampling-zero', level, what, advice, signals: ['traces'] }];
}

function keepsNothing(sampler: SamplerOption): boolean {
  if ('traceIdRatioBased' in sampler) return sampler.traceIdRatioBased.ratio === 0;
  return 'alwaysOff' in sampler;
}

function paths(
  signal: SignalName,
  settings: Settings,
  variables: NodeJS.ProcessEnv,
  options: InitOptions,
): Finding[] {
  const { protocol, url } = settings[signal].otlp;
  if (protocol === 'grpc') return [];
  const layers = settingLayers(variables, options);
  const env = new Environment(layers.variables, [], options, layers.fromFile ?? {});
  const { value, origin } = env.find(otlpRows[signal].endpoint);
  if (value === undefined || origin === undefined) return [];
  const isGeneral = GENERAL_ENDPOINTS.includes(origin);
  if (isGeneral) return doubled(origin, value, signal, url);
  return new URL(value).pathname === '/' ? [pathless(origin, signal, url)] : [];
}

const SIGNAL_PATH = /\/v1\/(?:traces|metrics|logs)\/?$/;

function doubled(origin: string, value: string, signal: SignalName, url: string): Finding[] {
  const shown = shownUrl(value);
  const base = shown.replace(SIGNAL_PATH, '');
  if (base === shown) return [];
  return [
    {
      id: 'doubled-path',
      level: 'error',
      what: `${origin} is ${shown}, but the path of each signal is added to it, so that ${signal} go to ${shownUrl(url)}.`,
      advice: `Set ${origin} to ${base}.`,
      signals: [signal],
    },
  ];
}

function pathless(origin: string, signal: SignalName, url: string): Finding {
  return {
    id: 'missing-path',
    level: 'warning',
    what: `${origin} has no path and is taken as it is, so that ${signal} go to ${shownUrl(url)}.`,
    advice: `Add /v1/${signal} to it, or set OTEL_EXPORTER_OTLP_ENDPOINT instead, to which the path is added.`,
    signals: [signal],
  };
}

function ports(signal: SignalName, settings: Settings): Finding[] {
  const { protocol, url } = settings[signal].otlp;
  const { port } = new URL(url);
  const isGrpc = protocol === 'grpc';
  if (port !== (isGrpc ? '4318' : '4317')) return [];
  const [taken, other] = isGrpc ? ['HTTP', '4317'] : ['gRPC', '4318'];
  return [
    {
      id: 'port-mixup',
      level: 'warning',
      what: `${signal} are sent over ${protocol} to port ${port}, where collectors take ${taken}.`,
      advice: `Use port ${other}, or set OTEL_EXPORTER_OTLP_PROTOCOL to ${isGrpc ? 'http/protobuf' : 'grpc'}.`,
      signals: [signal],
    },
  ];
}

function proxies(signal: SignalName, settings: Settings): Finding[] {
  const { proxy, url } = settings[signal].otlp;
  if (!proxy) return [];
  const [variable = '', address = ''] =
    Object.entries(proxy).find(([name]) => name !== 'NO_PROXY') ?? [];
  const { host } = new URL(url);
  return [
    {
      id: 'proxy',
      level: 'note',
      what: `Telemetry for ${host} goes through the proxy ${shownUrl(address)} (${variable}), unless NO_PROXY names that host.`,
      advice: `If the receiver is to be asked directly, add ${host} to NO_PROXY.`,
      signals: [signal],
    },
  ];
}
