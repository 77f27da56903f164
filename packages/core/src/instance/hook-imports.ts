import * as nodeModule from 'node:module';
import { pathToFileURL } from 'node:url';
import { warn } from '../lifecycle/warnings.ts';

interface SyncHooks {
  supportsSyncHooks(): boolean;
  register(options: { include: string[] }): void;
}

let hooked = false;

/**
 * Lets instrumentations see the named modules when they are imported, and no others. `loader` resolves
 * as their own package does.
 */
export function hookImports(modules: readonly string[], loader: NodeJS.Require | undefined): void {
  if (hooked || !loader) return;
  hooked = true;
  const include = [...modules];
  try {
    if (!hookInThread(loader, include)) hookBeside(loader, include);
  } catch (error) {
    warn(
      'import hook',
      `modules that are imported, not required, stay unseen by instrumentations: ${String(error)}`,
    );
  }
}

/** Node.js 22.22.3, 24.11.1 and newer: no second thread. */
function hookInThread(loader: NodeJS.Require, include: string[]): boolean {
  if (!('registerHooks' in nodeModule)) return false;
  const hooks: SyncHooks = loader('import-in-the-middle/register-hooks.mjs');
  if (!hooks.supportsSyncHooks()) return false;
  hooks.register({ include });
  return true;
}

function hookBeside(loader: NodeJS.Require, include: string[]): void {
  const hook = pathToFileURL(loader.resolve('import-in-the-middle/hook.mjs'));
  nodeModule.register(hook.href, { data: { include } });
}
