import { cachedNpmProject } from '../../tools/cache.ts';
import { forgetUnused } from './forget-unused.ts';
import { packedPackages } from './packed-packages.ts';

/** Installed beside ours: what the fixtures are written for. */
const libraries = {
  '@nestjs/common': '12.5.1',
  '@nestjs/core': '12.5.1',
  '@nestjs/platform-express': '12.5.1',
  '@opentelemetry/api': '1.10.0',
  express: '5.3.0',
  'prom-client': '15.1.3',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  winston: '3.19.0',
};

/** A folder with all packages installed from their archives by npm, as a user gets them; shared, so write nothing into it. */
export async function installedPackages(): Promise<string> {
  return installedWith('packed', libraries);
}

/** The same, with other packages beside ours. */
export async function installedWith(name: string, others: Record<string, string>): Promise<string> {
  const dependencies = { ...others, ...(await packedPackages()) };
  const folder = await cachedNpmProject({ name, dependencies });
  await forgetUnused(folder);
  return folder;
}
