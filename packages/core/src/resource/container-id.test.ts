import { expect, it } from 'vitest';
import { containerId } from './container-id.ts';
import { kubernetesAttributes } from './kubernetes-attributes.ts';

const id = 'ab'.repeat(32);
const uid = '6f0a5c1e-1111-2222-3333-444455556666';

const files = (texts: Record<string, string>) => (path: string) => texts[path];
const cgroup = (text: string) => files({ '/proc/self/cgroup': text });
const mountinfo = (text: string) =>
  files({ '/proc/self/cgroup': '0::/\n', '/proc/self/mountinfo': text });

it.each([
  ['docker, v1', cgroup(`13:pids:/docker/${id}\n12:cpu:/docker/${id}\n`), id],
  ['kubelet, v1', cgroup(`1:name=systemd:/kubepods/burstable/pod${uid}/${id}\n`), id],
  ['containerd with systemd', cgroup(`0::/system.slice/cri-containerd-${id}.scope\n`), id],
  ['CRI-O', cgroup(`0::/kubepods.slice/crio-${id}.scope\n`), id],
  [
    'ECS on Fargate',
    cgroup(`1:cpu:/ecs/${'c'.repeat(32)}/${'d'.repeat(32)}-3\n`),
    `${'d'.repeat(32)}-3`,
  ],
  [
    'docker, v2',
    mountinfo(
      `1 2 0:1 / / rw - overlay overlay rw\n473 456 254:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw - ext4 /dev/vda1 rw\n`,
    ),
    id,
  ],
  [
    'podman, v2',
    mountinfo(
      `9 8 0:1 /containers/overlay-containers/${id}/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw\n`,
    ),
    id,
  ],
  [
    "a pod's sandbox is not the container",
    mountinfo(
      `9 8 0:1 /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${id}/hostname /etc/hostname rw - ext4 x rw\n`,
    ),
    undefined,
  ],
  ['no container', cgroup('0::/user.slice/user-1000.slice/session-2.scope\n'), undefined],
  ['no such files', files({}), undefined],
])('container id: %s', (_, read, expected) => {
  expect(containerId(read)).toBe(expected);
});

const account = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

it('a pod is known by its mounted files, and by variables first', () => {
  const read = files({
    [account]: 'shop\n',
    '/etc/podinfo/name': 'orders-7',
    '/proc/self/mountinfo': `9 8 0:1 /var/lib/kubelet/pods/${uid}/etc-hosts /etc/hosts rw - ext4 x rw\n`,
  });
  expect(kubernetesAttributes({ 'k8s.node.name': 'n1' }, read)).toEqual({
    'k8s.namespace.name': 'shop',
    'k8s.pod.name': 'orders-7',
    'k8s.pod.uid': uid,
    'k8s.node.name': 'n1',
  });
  expect(kubernetesAttributes({ 'k8s.pod.name': 'other' }, read)['k8s.pod.name']).toBe('other');
});

it('the uid of a pod is in its cgroup too, in two forms', () => {
  const uids = [
    `0::/kubepods/burstable/pod${uid}/x`,
    `0::/kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice/x`,
  ];
  for (const text of uids) {
    const read = files({ [account]: 'shop', '/proc/self/cgroup': text });
    expect(kubernetesAttributes({}, read)['k8s.pod.uid']).toBe(uid);
  }
});

it('outside a cluster there is no pod', () => {
  expect(kubernetesAttributes({}, files({ '/etc/podinfo/name': 'x' }))).toEqual({});
});
