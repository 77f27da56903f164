import { orElse } from '../lifecycle/harmless.ts';
import { installedPackage } from '../settings/installed-package.ts';
import { version } from '../version.ts';
import { globalApi } from './api-realm.ts';
import { fileOfClass, nameOfClass } from './loaded-packages.ts';
import { copyIn, nearestFolder, packageOf, programFolder } from './package-copy.ts';

/** Where a class may be from that `import` has loaded: of those no file is known. */
const SDK_PACKAGES = [
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace-node',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/sdk-trace',
];

/** A tracer provider of whichever SDK. */
interface Provider {
  getDelegate?(): Provider;
  readonly resource?: ProviderResource;
  readonly _resource?: ProviderResource;
}

interface ProviderResource {
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Who is registered with the API, as far as it can be told: its class, its distribution, its package and the version of its API. */
export function registeredSdk(): string {
  const { version: ofApi, trace } = globalApi() ?? {};
  const api = `registered through @opentelemetry/api ${ofApi}`;
  return orElse(
    () => [...describe((trace ?? {}) as Provider), api].join(', '),
    () => api,
  );
}

function describe(registered: Provider): string[] {
  const provider = registered.getDelegate?.() ?? registered;
  const made = provider.constructor;
  if (made === Object) return [];
  const { attributes = {} } = provider.resource ?? provider._resource ?? {};
  return [nameOfClass(made), distribution(attributes), home(made)].filter(Boolean);
}

function distribution(attributes: Readonly<Record<string, unknown>>): string {
  const [name, version] = ['distro', 'sdk']
    .map((of) => [attributes[`telemetry.${of}.name`], attributes[`telemetry.${of}.version`]])
    .find(([named]) => named !== undefined) ?? [''];
  return [name, version].filter(Boolean).join(' ');
}

function home(made: { readonly name: string }): string {
  const loaded = packageOf(fileOfClass(made) ?? '');
  if (loaded) return `of ${shown(loaded)}`;
  const installed = SDK_PACKAGES.map(installedPackage).find((file) => file !== undefined);
  const likely = packageOf(installed ?? '');
  return likely ? `probably of ${shown(likely)}` : '';
}

function shown({ name, folder }: { name: string; folder: string }): string {
  return `${name} ${copyIn(name, folder).version} (${folder})`;
}

/** This package, as the application finds it. */
export function thisPackage(): string {
  const folder = nearestFolder('@org/otel-core', programFolder());
  return `@org/otel-core ${version}${folder ? ` (${folder})` : ''}`;
}
