import { fromApplication } from '../lifecycle/from-application.ts';
import type { ResourceDetector } from './resource-detector.ts';

/** Clouds whose official package the application installs itself. */
export const officialDetectorPackages = {
  alibaba: '@opentelemetry/resource-detector-alibaba-cloud',
  aws: '@opentelemetry/resource-detector-aws',
  azure: '@opentelemetry/resource-detector-azure',
  gcp: '@opentelemetry/resource-detector-gcp',
} as const;

/** All detectors of an official package as the application has it; none where it is not installed. */
export function officialDetectors(name: keyof typeof officialDetectorPackages): ResourceDetector[] {
  const exported = Object.entries(fromApplication(officialDetectorPackages[name]) ?? {});
  return exported
    .filter(([key]) => /^[a-z]\w*Detector$/.test(key))
    .map(([, value]) => value)
    .filter(isResourceDetector);
}

export function isResourceDetector(value: unknown): value is ResourceDetector {
  return typeof (value as ResourceDetector | null | undefined)?.detect === 'function';
}
