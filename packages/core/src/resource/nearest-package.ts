import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a package.json says of the service. */
export interface ServiceManifest {
  readonly name: string;
  readonly version: string | undefined;
}

/** The nearest named package.json above the program, else above the working directory. */
export function nearestPackage(
  from: string[] = [process.argv[1] ? dirname(process.argv[1]) : '', process.cwd()],
): ServiceManifest | undefined {
  for (const start of from) {
    const found = start ? searchUp(start) : undefined;
    if (found) return found;
  }
  return undefined;
}

function searchUp(start: string): ServiceManifest | undefined {
  if (start.includes('node_modules')) return undefined; // a tool's own program, such as a test runner, is not the service
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = readManifest(join(folder, 'package.json'));
    if (manifest) return manifest;
    if (dirname(folder) === folder) return undefined;
  }
}

function readManifest(file: string): ServiceManifest | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof name === 'string' && name !== '' ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
