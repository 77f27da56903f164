import { shownUrl } from '../settings/shown-url.ts';
import { answerFinding } from './answer-finding.ts';
import type { Exchange } from './exchanges.ts';
import { failureFinding } from './failure-finding.ts';
import type { Finding } from './finding.ts';
import type { Probe, ProbeOutcome } from './probe.ts';

/** Milliseconds; an answer's date has no fractions, and a slow one is late. */
const SKEW = 30_000;

/** What the fate of the probe shows. */
export function probeFindings({ outcomes }: Probe): Finding[] {
  return outcomes.flatMap((outcome) =>
    [fateFinding(outcome), skewFinding(outcome.exchange)].flatMap((finding) =>
      finding ? { ...finding, signals: [outcome.signal] } : [],
    ),
  );
}

function fateFinding(outcome: ProbeOutcome): Finding | undefined {
  const { otlp, exchange, reason, isDelivered } = outcome;
  if (otlp.refusal) return notSent(otlp.refusal);
  if (exchange?.answer) return answerFinding(exchange.answer, outcome);
  if (isDelivered) return undefined;
  return failureFinding(exchange?.error ?? { code: '', message: reason ?? '' }, otlp);
}

function notSent(refusal: string): Finding {
  const what = `Nothing is sent: ${refusal}.`;
  const advice = 'Correct the file; without it telemetry would go unchecked, and that is not done.';
  return { id: 'tls-files', level: 'error', what, advice };
}

function skewFinding(exchange: Exchange | undefined): Finding | undefined {
  const date = Date.parse(exchange?.answer?.date ?? '');
  if (!exchange || Number.isNaN(date)) return undefined;
  const ahead = exchange.at - date;
  if (Math.abs(ahead) < SKEW) return undefined;
  const seconds = Math.round(Math.abs(ahead) / 1000);
  return {
    id: 'clock-skew',
    level: 'warning',
    what: `The clock of this machine is about ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} that of ${exchange.host}.`,
    advice:
      'Set both by NTP: stores refuse telemetry that is too old or in the future, and searches look past it.',
  };
}

/** What was answered for a signal, in a few words. */
export function outcomeWords({ otlp, exchange, isDelivered, reason }: ProbeOutcome): string {
  const to = `${shownUrl(otlp.url)} (${otlp.protocol === 'grpc' ? 'grpc' : otlp.encoding})`;
  const { answer, error } = exchange ?? {};
  if (otlp.refusal) return 'not sent';
  if (answer) return `${to} answered ${answer.status}${isDelivered ? '' : ', not taken'}`;
  if (isDelivered) return `${to} took it`;
  return `${to} did not answer: ${error?.code || reason || 'no reason is known'}`;
}
