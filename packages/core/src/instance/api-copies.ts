import { createRequire } from 'node:module';
import { orElse } from '../lifecycle/harmless.ts';
import { installedPackage } from '../settings/installed-package.ts';
import type { PackageCopy } from './library-doors.ts';
import { loadedPackages } from './loaded-packages.ts';
import { copyIn, packageOf } from './package-copy.ts';

/** The package that all copies of OpenTelemetry in a process must share. */
export const API_PACKAGE = '@opentelemetry/api';

/** The copies of the API that the application gets, that this package gets, and that `require()` has loaded. */
export function apiCopies(): PackageCopy[] {
  const folders = [
    folderOf(installedPackage(API_PACKAGE)),
    folderOf(apiOfCore()),
    ...loadedPackages(new Set([API_PACKAGE])).keys(),
  ];
  return [...new Set(folders)].flatMap((folder) => (folder ? copyIn(API_PACKAGE, folder) : []));
}

/** What to say of copies of several versions; copies of one version share what is registered. */
export function apiCopiesSentence(copies: readonly PackageCopy[]): string | undefined {
  if (new Set(copies.map(({ version }) => version)).size < 2) return undefined;
  const shown = copies.map(({ version, folder }) => `${version} (${folder})`).join(' and ');
  return `copies of ${API_PACKAGE} of different versions are in this process: ${shown}; what is recorded through one of them may be lost without a word. Install one version: npm ls ${API_PACKAGE} shows who wants which`;
}

function apiOfCore(): string | undefined {
  const core = installedPackage('@org/otel-core');
  if (core === undefined) return undefined;
  return orElse(
    () => createRequire(core).resolve(API_PACKAGE),
    () => undefined,
  );
}

function folderOf(file: string | undefined): string | undefined {
  return file && packageOf(file)?.folder;
}
