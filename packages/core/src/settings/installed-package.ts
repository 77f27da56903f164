import { createRequire } from 'node:module';
import { join } from 'node:path';
import { orElse } from '../lifecycle/harmless.ts';

/** The file of an optional package that the application, or its working directory, has installed. */
export function installedPackage(name: string): string | undefined {
  const program = process.argv[1];
  for (const from of [program, join(process.cwd(), 'package.json')]) {
    const file =
      from &&
      orElse(
        () => createRequire(from).resolve(name),
        () => undefined,
      );
    if (file) return file;
  }
  return undefined;
}

/** An optional package, loaded; undefined where it is not installed. */
export function loadPackage<T>(name: string): T | undefined {
  const file = installedPackage(name);
  return file === undefined ? undefined : (createRequire(file)(file) as T);
}
