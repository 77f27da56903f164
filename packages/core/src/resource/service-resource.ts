import { randomUUID } from 'node:crypto';
import { arch, hostname, platform, release } from 'node:os';
import { SDK_INFO } from '@opentelemetry/core';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import type { Settings } from '../settings/settings.ts';
import { version } from '../version.ts';
import { nearestPackage } from './nearest-package.ts';

/** Who emits: the service, its process and host, and this distribution. Nothing here waits. */
export function serviceResource(settings: Settings): Resource {
  return resourceFromAttributes({
    ...SDK_INFO,
    'telemetry.distro.name': '@org/otel-core',
    'telemetry.distro.version': version,
    ...serviceAttributes(settings),
    ...processAttributes(),
    'host.name': hostname(),
    'host.arch': arch() === 'x64' ? 'amd64' : arch(),
    'os.type': platform() === 'win32' ? 'windows' : platform(),
    'os.version': release(),
    ...settings.resourceAttributes,
    ...(settings.serviceName ? { 'service.name': settings.serviceName } : {}),
  });
}

function serviceAttributes(settings: Settings): Record<string, string> {
  const named = settings.serviceName ?? settings.resourceAttributes['service.name'];
  const manifest = nearestPackage();
  return {
    'service.name': named ? String(named) : (manifest?.name ?? 'unknown_service:node'),
    ...(manifest?.version ? { 'service.version': manifest.version } : {}),
    'service.instance.id': randomUUID(),
  };
}

function processAttributes(): Record<string, string | number> {
  return {
    'process.pid': process.pid,
    'process.executable.path': process.execPath,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
  };
}
