import {
  isResourceDetector,
  officialDetectorPackages,
  officialDetectors,
} from '../resource/official-detectors.ts';
import type { ResourceDetector } from '../resource/resource-detector.ts';
import type { Environment } from './environment.ts';
import type { InitOptions } from './options.ts';
import {
  cloudDetectorNames as clouds,
  type DetectionSettings,
  type LocalDetectorName,
  localDetectorNames as local,
  detectorNames as names,
  type ResourceDetectorName,
} from './resource-settings.ts';

/** Who describes the service: option, then variable, then everything that looks at this machine only. */
export function readResource(env: Environment, { resource }: InitOptions): DetectionSettings {
  return {
    detectors: detectorsFrom(env, resource?.detectors),
    timeoutMillis: timeoutFrom(env, resource?.timeoutMillis),
    kubernetes: kubernetesFrom(env),
  };
}

const VARIABLE = 'OTEL_NODE_RESOURCE_DETECTORS';

type Detectors = DetectionSettings['detectors'];

function detectorsFrom(env: Environment, option: unknown): Detectors {
  if (option === undefined) return detectorsFromVariable(env);
  if (Array.isArray(option) && option.every(isDetector)) {
    return option.flatMap((each) => found(env, 'resource.detectors', each));
  }
  const expected = `a list of ${names.join(', ')} and detectors`;
  env.report('resource.detectors', String(option), expected, local.join(','));
  return local;
}

function detectorsFromVariable(env: Environment): Detectors {
  const wanted = env.choices(VARIABLE, [...names, 'all', 'none'], local);
  if (wanted.includes('none')) return [];
  const all = wanted.includes('all') ? local : [];
  const named = wanted.filter((each): each is ResourceDetectorName =>
    names.includes(each as never),
  );
  return [...new Set([...all, ...named.flatMap((each) => found(env, VARIABLE, each))])];
}

function isDetector(value: unknown): value is ResourceDetectorName | ResourceDetector {
  return typeof value === 'string'
    ? names.includes(value as ResourceDetectorName)
    : isResourceDetector(value);
}

/** A cloud's name stands for the detectors of its package. */
function found(
  env: Environment,
  setting: string,
  each: ResourceDetectorName | ResourceDetector,
): Detectors {
  const cloud = clouds.find((name) => name === each);
  if (cloud === undefined) return [each as LocalDetectorName | ResourceDetector];
  const detectors = officialDetectors(cloud);
  if (detectors.length === 0) {
    const expected = `the package ${officialDetectorPackages[cloud]} to be installed for it`;
    env.report(setting, cloud, expected, 'the other detectors');
  }
  return detectors;
}

function timeoutFrom(env: Environment, option: number | undefined): number {
  const byVariable = env.count(['OTEL_NODE_RESOURCE_TIMEOUT'], 0, 2000);
  if (option === undefined) return byVariable;
  if (Number.isFinite(option) && option >= 0) return option;
  env.report('resource.timeoutMillis', String(option), 'a number of 0 or more', String(byVariable));
  return byVariable;
}

/** Names that people give to the downward API's fields, those of the OpenTelemetry operator first. */
const kubernetesVariables: Record<string, readonly string[]> = {
  'k8s.pod.name': ['OTEL_RESOURCE_ATTRIBUTES_POD_NAME', 'K8S_POD_NAME', 'POD_NAME'],
  'k8s.pod.uid': ['OTEL_RESOURCE_ATTRIBUTES_POD_UID', 'K8S_POD_UID', 'POD_UID'],
  'k8s.node.name': ['OTEL_RESOURCE_ATTRIBUTES_NODE_NAME', 'K8S_NODE_NAME', 'NODE_NAME'],
  'k8s.namespace.name': ['K8S_NAMESPACE', 'POD_NAMESPACE'],
  'k8s.container.name': ['K8S_CONTAINER_NAME', 'CONTAINER_NAME'],
  'k8s.cluster.name': ['K8S_CLUSTER_NAME'],
};

/** Nothing outside a cluster, where such names may mean something else. */
function kubernetesFrom(env: Environment): Record<string, string> {
  if (env.text('KUBERNETES_SERVICE_HOST') === undefined) return {};
  const said = Object.entries(kubernetesVariables).map(
    ([attribute, variables]) => [attribute, env.text(...variables)] as const,
  );
  return Object.fromEntries(said.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
