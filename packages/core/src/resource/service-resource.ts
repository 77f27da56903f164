import type { Attributes } from '@opentelemetry/api';
import { SDK_INFO } from '@opentelemetry/core';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import type { Settings } from '../settings/settings.ts';
import { version } from '../version.ts';
import { detect } from './detect.ts';
import { nearestPackage } from './nearest-package.ts';
import { SettlingResource } from './settling-resource.ts';

/** Who emits: the service, its process and host, and this distribution. Nothing here waits. */
export function serviceResource(settings: Settings): Resource {
  const { attributes, pending } = detect(settings.detection);
  const known = {
    ...attributes,
    ...SDK_INFO,
    'telemetry.distro.name': '@org/otel-core',
    'telemetry.distro.version': version,
    ...serviceAttributes(settings, attributes),
    ...settings.resourceAttributes,
    ...(settings.serviceName ? { 'service.name': settings.serviceName } : {}),
  };
  if (pending.length === 0) return resourceFromAttributes(known);
  return new SettlingResource(known, pending, settings.detection.timeoutMillis);
}

function serviceAttributes(settings: Settings, detected: Attributes): Attributes {
  const named =
    settings.serviceName ?? settings.resourceAttributes['service.name'] ?? detected['service.name'];
  const manifest = nearestPackage();
  const namespace = detected['service.namespace'] ?? detected['k8s.namespace.name'];
  return {
    'service.name': named ? String(named) : (manifest?.name ?? 'unknown_service:node'),
    ...(manifest?.version ? { 'service.version': manifest.version } : {}),
    ...(namespace ? { 'service.namespace': namespace } : {}),
  };
}
