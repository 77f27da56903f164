import { realpathSync } from 'node:fs';
import { orElse } from '../lifecycle/harmless.ts';
import { globalApi } from './api-realm.ts';
import type { PackageCopy } from './library-doors.ts';
import { loadedPackages } from './loaded-packages.ts';
import { copyIn, nearestFolder, programFolder } from './package-copy.ts';

/** The package that all copies of OpenTelemetry in a process must share. */
export const API_PACKAGE = '@opentelemetry/api';

/** Whether the application gets a copy of the API of another version than the one that is registered; a few microseconds. */
export function isApiMixed(): boolean {
  const folder = nearestFolder(API_PACKAGE, programFolder());
  return folder !== undefined && copyIn(API_PACKAGE, folder).version !== globalApi()?.version;
}

/** The copies of the API that the application gets, that this package gets, and that `require()` has loaded. */
export function apiCopies(): PackageCopy[] {
  const program = programFolder();
  const core = nearestFolder('@org/otel-core', program);
  const folders = [
    nearestFolder(API_PACKAGE, program),
    core && nearestFolder(API_PACKAGE, realPath(core)),
    ...loadedPackages(new Set([API_PACKAGE])).keys(),
  ].flatMap((folder) => (folder ? realPath(folder) : []));
  return [...new Set(folders)].map((folder) => copyIn(API_PACKAGE, folder));
}

/** What to say of copies of several versions; copies of one version share what is registered. */
export function apiCopiesSentence(copies: readonly PackageCopy[]): string | undefined {
  if (new Set(copies.map(({ version }) => version)).size < 2) return undefined;
  const shown = copies.map(({ version, folder }) => `${version} (${folder})`).join(' and ');
  return `copies of ${API_PACKAGE} of different versions are in this process: ${shown}; what is recorded through one of them may be lost without a word. Install one version: npm ls ${API_PACKAGE} shows who wants which`;
}

function realPath(path: string): string {
  return orElse(
    () => realpathSync(path),
    () => path,
  );
}
