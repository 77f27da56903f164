import { version } from '../version.ts';
import { type Diagnosis, exitCodeOf } from './diagnosis.ts';
import { outcomeWords } from './probe-findings.ts';

/** A diagnosis for programs. */
export function jsonReport(diagnosis: Diagnosis): string {
  const { probe, ...rest } = diagnosis;
  const outcomes = probe?.outcomes.map((outcome) => ({
    signal: outcome.signal,
    protocol: outcome.otlp.protocol,
    isDelivered: outcome.isDelivered,
    status: outcome.exchange?.answer?.status,
    error: outcome.exchange?.error?.code ?? outcome.reason,
    says: outcomeWords(outcome),
  }));
  const report = {
    version,
    exitCode: exitCodeOf(diagnosis),
    ...rest,
    ...(probe ? { probe: { id: probe.id, traceId: probe.traceId, outcomes } } : {}),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
