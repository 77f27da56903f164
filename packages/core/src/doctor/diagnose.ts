import { runtimeObstacle } from '../lifecycle/runtime-obstacle.ts';
import { startSummary } from '../lifecycle/start-summary.ts';
import { serviceResource } from '../resource/service-resource.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Diagnosis } from './diagnosis.ts';
import { effectiveSettings } from './effective-settings.ts';
import { type Finding, joinFindings } from './finding.ts';
import { installedFindings } from './installed-findings.ts';
import { type Probe, sendProbe } from './probe.ts';
import { probeFindings } from './probe-findings.ts';
import type { DoctorOptions } from './read-arguments.ts';
import { type ReadBack, readBackFrom } from './read-back.ts';
import { overOtlp, settingsFindings } from './settings-findings.ts';

/** Looks at the settings and at what is installed, sends the probe and reads it back. */
export async function diagnose(
  variables: NodeJS.ProcessEnv,
  asked: DoctorOptions,
): Promise<Diagnosis> {
  const reading = readSettings(variables, asked.init);
  const resource = serviceResource(reading.settings);
  const canSend = overOtlp(reading.settings).length > 0 && !runtimeObstacle();
  const probe = canSend
    ? await sendProbe(reading.settings, asked.init, asked.timeoutMillis)
    : undefined;
  const readBack = probe ? await readBackFrom(asked.stores, probe, asked.waitMillis) : [];
  const findings = [
    ...settingsFindings(reading, variables, asked.init),
    ...installedFindings(process.cwd()),
    ...(probe ? probeFindings(probe) : []),
    ...lostFindings(asked, probe, readBack),
  ];
  return {
    summary: startSummary(reading.settings, resource),
    settings: effectiveSettings(variables, asked.init),
    probe,
    readBack,
    findings: worstFirst(joinFindings(findings)),
  };
}

const LEVELS = ['error', 'warning', 'note'];

function worstFirst(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

function lostFindings(
  { stores }: DoctorOptions,
  probe: Probe | undefined,
  readBack: readonly ReadBack[],
): Finding[] {
  if (stores.length > 0 && !probe) {
    const what = 'Nothing could be read back, because no signal leaves over OTLP.';
    const advice = 'Let the exporter of at least one signal be otlp.';
    return [{ id: 'read-back', level: 'warning', what, advice }];
  }
  return readBack.flatMap(({ store, signal, problem }) =>
    problem === undefined ? [] : lostFinding(store, signal, problem),
  );
}

function lostFinding(store: string, signal: ReadBack['signal'], problem: string): Finding {
  return {
    id: 'read-back',
    level: 'error',
    what: `The probe of ${signal} could not be read back from ${store}: ${problem}.`,
    advice:
      'Where the collector took it, look at the pipeline behind it: its exporters, the tenant, and whether this is the store they write to.',
    signals: [signal],
  };
}
