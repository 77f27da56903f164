import type { ResourceDetector } from '../resource/resource-detector.ts';

/** Where the resource comes from. */
export interface DetectionSettings {
  readonly detectors: readonly (LocalDetectorName | ResourceDetector)[];
  /** How long the first export waits for detectors. */
  readonly timeoutMillis: number;
  /** What variables say of the pod: set by the downward API. */
  readonly kubernetes: Readonly<Record<string, string>>;
}

/** A detector that looks at this machine only. */
export type LocalDetectorName =
  | 'env'
  | 'host'
  | 'os'
  | 'process'
  | 'serviceinstance'
  | 'container'
  | 'k8s';

/** A detector by name; those of a cloud need their official package. */
export type ResourceDetectorName = LocalDetectorName | 'alibaba' | 'aws' | 'azure' | 'gcp';

/** Those that look at this machine only. */
export const localDetectorNames: readonly LocalDetectorName[] = [
  'env',
  'host',
  'os',
  'process',
  'serviceinstance',
  'container',
  'k8s',
];

/** Those that ask a cloud. */
export const cloudDetectorNames = ['alibaba', 'aws', 'azure', 'gcp'] as const;

/** All of them. */
export const detectorNames: readonly ResourceDetectorName[] = [
  ...localDetectorNames,
  ...cloudDetectorNames,
];
