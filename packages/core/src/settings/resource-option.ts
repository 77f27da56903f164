import type { ResourceDetector } from '../resource/resource-detector.ts';
import type { ResourceDetectorName } from './resource-settings.ts';

/** Attributes that describe the service, and who finds them. */
export interface ResourceOption {
  /** Resource attributes by name. Environment: `OTEL_RESOURCE_ATTRIBUTES`. @defaultValue none */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Detectors, by name or your own; a later one wins. `alibaba`, `aws`, `azure` and `gcp` need their official package and ask
   * the network. Environment: `OTEL_NODE_RESOURCE_DETECTORS`; `all` for all that look at this machine, `none` for none.
   * @defaultValue `['env', 'host', 'os', 'process', 'serviceinstance', 'container', 'k8s']`
   */
  readonly detectors?: readonly (ResourceDetectorName | ResourceDetector)[];
  /**
   * Milliseconds the first export waits for detectors; what comes later is left out. Start waits for none.
   * Environment: `OTEL_NODE_RESOURCE_TIMEOUT`.
   * @defaultValue `2000`
   */
  readonly timeoutMillis?: number;
}
