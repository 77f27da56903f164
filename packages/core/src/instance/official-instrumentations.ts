import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reasonText } from '../lifecycle/harmless.ts';
import { warn } from '../lifecycle/warnings.ts';
import type { Instrumentation } from '../settings/extensions-option.ts';
import { hookImports } from './hook-imports.ts';

type Made = Instrumentation & {
  /** What it instruments: names of modules. */
  getModuleDefinitions?(): readonly { readonly name: string }[];
};

/** Made once for a process: what they have hooked stays hooked. */
const made = new Map<string, Instrumentation>();

/**
 * OpenTelemetry's own packages by name, from where the application finds them, made ready for modules
 * that are required and for those that are imported. Of one that is not there, cannot be made or comes
 * too late it is said.
 */
export function officialInstrumentations(names: readonly string[]): Instrumentation[] {
  const fresh = names.filter((name) => !made.has(name));
  const modules = fresh.flatMap((name) => modulesOf(name, load(name)));
  if (modules.length > 0) hookImports(modules, loaderOf(fresh));
  return names.flatMap((name) => made.get(name) ?? []);
}

function packageOf(name: string): string {
  return `@opentelemetry/instrumentation-${name}`;
}

/** The application's folder is where it was started, or where its first file lies. */
function applicationRequires(): NodeJS.Require[] {
  const places = [join(process.cwd(), 'index.js'), process.argv[1]];
  return places.flatMap((place) => (place ? createRequire(pathToFileURL(place)) : []));
}

function pathOf(name: string): string | undefined {
  for (const require of applicationRequires()) {
    try {
      return require.resolve(packageOf(name));
    } catch {
      // the other place
    }
  }
  return undefined;
}

function load(name: string): Made | undefined {
  const path = pathOf(name);
  if (path === undefined) {
    const wanted = packageOf(name);
    warn(
      wanted,
      `${wanted} is wanted (OTEL_NODE_ENABLED_INSTRUMENTATIONS or the option instrumentations) but not installed: npm install ${wanted}`,
    );
    return undefined;
  }
  try {
    const Instrumentation = classIn(createRequire(path)(path));
    const instance = new Instrumentation();
    made.set(name, instance);
    return instance;
  } catch (error) {
    warn(
      packageOf(name),
      `${packageOf(name)} cannot be used and is left out: ${reasonText(error)}`,
    );
    return undefined;
  }
}

function classIn(exported: Record<string, unknown>): new () => Made {
  const found = Object.values(exported).find(
    (value) => typeof value === 'function' && value.name.endsWith('Instrumentation'),
  );
  if (!found) throw new Error('it exports no instrumentation');
  return found as new () => Made;
}

/** Of a module that is loaded already it is said that it stays unseen. */
function modulesOf(name: string, instance: Made | undefined): string[] {
  const modules = instance?.getModuleDefinitions?.().map((definition) => definition.name) ?? [];
  for (const module of modules) if (isLoaded(module)) sayTooLate(name, module);
  return modules;
}

function isLoaded(module: string): boolean {
  const folder = join('node_modules', module, '/');
  const [require] = applicationRequires();
  return Object.keys(require?.cache ?? {}).some((file) => file.includes(folder));
}

function sayTooLate(name: string, module: string): void {
  warn(
    `${packageOf(name)} for ${module}`,
    `${module} was loaded before init(), so ${packageOf(name)} does not see it: start with node --import @org/otel-core/register, or call init() first`,
  );
}

/** The loader hook that the instrumentations themselves depend on: another copy would not know of them. */
function loaderOf(names: readonly string[]): NodeJS.Require | undefined {
  for (const name of names) {
    const path = made.has(name) ? pathOf(name) : undefined;
    if (path) return createRequire(createRequire(path).resolve('@opentelemetry/instrumentation'));
  }
  return undefined;
}
