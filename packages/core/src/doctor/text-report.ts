import type { Diagnosis } from './diagnosis.ts';
import type { EffectiveSetting } from './effective-settings.ts';
import type { Finding } from './finding.ts';
import { outcomeWords } from './probe-findings.ts';
import type { ReadBack } from './read-back.ts';

/** A diagnosis for people. */
export function textReport({ summary, settings, probe, readBack, findings }: Diagnosis): string {
  const sent = probe
    ? [
        `Probe ${probe.id}, trace ${probe.traceId}`,
        ...probe.outcomes.map((each) => `  ${each.signal}: ${outcomeWords(each)}`),
      ]
    : ['No probe was sent: no signal leaves over OTLP, or this runtime is not observed.'];
  const parts = [
    [...summary],
    ['Settings', ...settingLines(settings)],
    sent,
    readBack.map(readBackLine),
    findings.flatMap(findingLines),
    [verdict(findings)],
  ];
  const shown = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function settingLines(settings: readonly EffectiveSetting[]): string[] {
  return settings.flatMap(({ group, setting, value, origin }, index) => [
    ...(group === settings[index - 1]?.group ? [] : [`  ${group}`]),
    `    ${setting} = ${value}  (${origin})`,
  ]);
}

function readBackLine({ store, signal, link, problem }: ReadBack): string {
  return problem === undefined
    ? `${signal} read back from ${store}: ${link}`
    : `${signal} not read back from ${store}: ${problem}`;
}

function findingLines({ id, level, what, advice, signals }: Finding): string[] {
  const about = signals ? ` (${signals.join(', ')})` : '';
  return [`${level} ${id}${about}: ${what}`, `  ${advice}`];
}

function verdict(findings: readonly Finding[]): string {
  const count = (level: Finding['level']) => findings.filter((each) => each.level === level).length;
  const counts = `${count('error')} errors, ${count('warning')} warnings, ${count('note')} notes`;
  return `${count('error') > 0 ? 'Something stops telemetry' : 'Nothing stops telemetry'}: ${counts}.`;
}
