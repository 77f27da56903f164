import { randomUUID } from 'node:crypto';
import { context, logs, metrics, trace } from '@opentelemetry/api';
// By name, so that the probe goes through the very copy that applications get.
import { init, type Telemetry } from '@org/otel-core';
import type { InitOptions } from '../settings/options.ts';
import type { OtlpSettings, Settings, SignalName } from '../settings/settings.ts';
import { captureStderr } from './capture-stderr.ts';
import { type Exchange, hearExchanges } from './exchanges.ts';
import { overOtlp } from './settings-findings.ts';

/** What was sent to find out what happens to it. */
export interface Probe {
  readonly id: string;
  readonly traceId: string;
  readonly outcomes: readonly ProbeOutcome[];
}

/** What became of one signal of the probe. */
export interface ProbeOutcome {
  readonly signal: SignalName;
  readonly otlp: OtlpSettings;
  /** Whether the receiver acknowledged it. */
  readonly isDelivered: boolean;
  /** How the receiver was heard; undefined over gRPC, or when nothing was sent. */
  readonly exchange: Exchange | undefined;
  /** What core said of the receiver. */
  readonly reason: string | undefined;
}

const NAME = 'otel-doctor';

/** Milliseconds that a refused batch is kept: less than it takes until it is sent again. */
const KEPT = 500;

/** Sends a span, a data point and a log record as the application would, and waits until they are settled. */
export async function sendProbe(
  settings: Settings,
  options: InitOptions,
  timeoutMillis: number,
): Promise<Probe> {
  using exchanges = hearExchanges();
  using said = captureStderr();
  const signals = overOtlp(settings);
  const telemetry = init(probeOptions(options, signals));
  const ids = record();
  await telemetry.forceFlush({ timeoutMillis });
  const outcomes = signals.map((signal) => outcomeOf(signal));
  await telemetry.shutdown();
  return { ...ids, outcomes };

  function outcomeOf(signal: SignalName): ProbeOutcome {
    const { otlp } = settings[signal];
    const exchange = exchanges.with(otlp);
    const reason = reasonFor(otlp, said.text);
    return { signal, otlp, isDelivered: isDelivered(telemetry, signal), exchange, reason };
  }
}

/**
 * Only what leaves over OTLP: nothing is printed, no port is opened. Everything is sampled, and what
 * is refused is given up soon.
 */
function probeOptions(options: InitOptions, signals: readonly SignalName[]): InitOptions {
  const exporters = (signal: SignalName) => (signals.includes(signal) ? (['otlp'] as const) : []);
  const { prometheus, ...exporter } = options.exporter ?? {};
  return {
    ...options,
    exporter,
    disabled: false,
    diagnostics: false,
    strict: false,
    sampler: { alwaysOn: {} },
    spanProcessors: [],
    buffer: { maxAgeMillis: KEPT },
    traces: { ...options.traces, exporters: exporters('traces') },
    metrics: { ...options.metrics, exporters: exporters('metrics') },
    logs: { ...options.logs, exporters: exporters('logs') },
  };
}

function record(): { id: string; traceId: string } {
  const id = randomUUID();
  const span = trace.getTracer(NAME).startSpan('otel-doctor probe', { attributes: { probe: id } });
  context.with(trace.setSpan(context.active(), span), () => {
    const body = `otel-doctor probe ${id}`;
    logs.getLogger(NAME).emit({ body, severityNumber: 9, severityText: 'INFO' });
  });
  span.end();
  const counter = metrics.getMeter(NAME).createCounter('otel_doctor.probes', { unit: '{probe}' });
  counter.add(1, { probe: id });
  return { id, traceId: span.spanContext().traceId };
}

function isDelivered(telemetry: Telemetry, signal: SignalName): boolean {
  const { queued, exported, dropped, failed } = telemetry.stats()[signal];
  return exported > 0 && queued + dropped + failed === 0;
}

/** What stands before the reason in the sentences that say one, and after it. */
const sentencesOf = (origin: string) => [
  ['did not take everything: ', ''],
  [`cannot be delivered to ${origin}: `, '; is a collector listening'],
  [' items, because ', '; telemetry.stats'],
];

function reasonFor({ url }: OtlpSettings, said: string): string | undefined {
  const { origin } = new URL(url);
  for (const line of said.split('\n').filter((each) => each.includes(origin))) {
    const found = sentencesOf(origin).map(([before = '', after = '']) =>
      between(line, before, after),
    );
    const reason = found.find(Boolean);
    if (reason) return reason;
  }
  return undefined;
}

function between(text: string, before: string, after: string): string | undefined {
  const start = text.indexOf(before);
  if (start < 0) return undefined;
  const rest = text.slice(start + before.length);
  const end = rest.lastIndexOf(after);
  return end < 0 ? undefined : rest.slice(0, end);
}
