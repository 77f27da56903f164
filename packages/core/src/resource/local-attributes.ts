import { randomUUID } from 'node:crypto';
import { arch, hostname, platform, release, userInfo } from 'node:os';
import { basename } from 'node:path';
import { orElse } from '../lifecycle/harmless.ts';
import type { DetectionSettings, LocalDetectorName } from '../settings/resource-settings.ts';
import { containerId } from './container-id.ts';
import { kubernetesAttributes } from './kubernetes-attributes.ts';
import { readText } from './read-text.ts';

type Found = Record<string, string | number | undefined>;

const detectors: Record<LocalDetectorName, (settings: DetectionSettings) => Found> = {
  env: () => ({}), // variables are settings: they win over every detector
  host: () => ({
    'host.name': hostname(),
    'host.arch': arch() === 'x64' ? 'amd64' : arch(),
    'host.id': readText('/etc/machine-id')?.trim() || undefined,
  }),
  os: () => ({
    'os.type': platform() === 'win32' ? 'windows' : platform(),
    'os.version': release(),
  }),
  process: processAttributes,
  serviceinstance: () => ({ 'service.instance.id': randomUUID() }),
  container: () => ({ 'container.id': containerId() }),
  k8s: ({ kubernetes }) => kubernetesAttributes(kubernetes),
};

/** What a detector finds on this machine, at once. */
export function localAttributes(name: LocalDetectorName, settings: DetectionSettings): Found {
  return detectors[name](settings);
}

/** Without arguments: they hold secrets. */
function processAttributes(): Found {
  return {
    'process.pid': process.pid,
    'process.executable.name': basename(process.execPath),
    'process.executable.path': process.execPath,
    'process.command': process.argv[1],
    'process.owner': orElse(
      () => userInfo().username,
      () => undefined,
    ),
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
  };
}
