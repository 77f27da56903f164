import type { PackageSize } from './package-sizes.ts';

/** Bytes by the name of a package. */
export type SizeLimits = Readonly<Record<string, number>>;

/** One sentence for each package that is larger than its limit, or has none. */
export function oversizes(sizes: readonly PackageSize[], limits: SizeLimits): string[] {
  return sizes.flatMap(({ name, bytes }) => {
    const limit = limits[name];
    if (limit === undefined) return [`${name}: ${bytes} bytes, and no limit`];
    return bytes > limit ? [`${name}: ${bytes} bytes, ${bytes - limit} over its limit`] : [];
  });
}

/** Limits a twentieth above today's sizes, in whole hundreds. */
export function limitsFor(sizes: readonly PackageSize[]): SizeLimits {
  return Object.fromEntries(
    sizes.map(({ name, bytes }) => [name, Math.ceil((bytes * 1.05) / 100) * 100]),
  );
}
