import { type Dirent, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What an installation takes. */
export interface InstalledSize {
  readonly packages: number;
  readonly megabytes: number;
}

/** All packages below some `node_modules`, nested ones too, and the size of all their files. */
export async function installedSize(folders: readonly string[]): Promise<InstalledSize> {
  let [packages, bytes] = [0, 0];
  for (const folder of folders.filter((each) => existsSync(each))) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      bytes += (await stat(join(entry.parentPath, entry.name))).size;
      if (isManifest(entry)) packages += 1;
    }
  }
  return { packages, megabytes: Math.round((bytes / 1e6) * 10) / 10 };
}

/** Some packages have further package.json files inside; those are not right below a node_modules. */
function isManifest({ name, parentPath }: Dirent): boolean {
  return (
    name === 'package.json' && /[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+$/.test(parentPath)
  );
}
