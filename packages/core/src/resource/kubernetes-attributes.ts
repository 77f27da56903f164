import { type ReadFile, readText } from './read-text.ts';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where the examples of Kubernetes mount the downward API. */
const PODINFO = '/etc/podinfo';

const UID = /pods?[/-]?([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})/;

/** What mounted files and variables say of the pod; nothing outside a cluster. A variable wins over a file. */
export function kubernetesAttributes(
  variables: Readonly<Record<string, string>>,
  read: ReadFile = readText,
): Record<string, string> {
  const namespace = line(read(`${ACCOUNT}/namespace`));
  if (namespace === undefined && Object.keys(variables).length === 0) return {};
  const found = {
    'k8s.namespace.name': line(read(`${PODINFO}/namespace`)) ?? namespace,
    'k8s.pod.name': line(read(`${PODINFO}/name`)),
    'k8s.pod.uid': line(read(`${PODINFO}/uid`)) ?? podUid(read),
  };
  const defined = Object.entries(found).filter((pair) => pair[1] !== undefined);
  return { ...(Object.fromEntries(defined) as Record<string, string>), ...variables };
}

/** From the path of the pod's cgroup, or of a volume that the kubelet mounted. */
function podUid(read: ReadFile): string | undefined {
  const text = `${read('/proc/self/cgroup') ?? ''}\n${read('/proc/self/mountinfo') ?? ''}`;
  return UID.exec(text)?.[1]?.replaceAll('_', '-');
}

function line(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}
