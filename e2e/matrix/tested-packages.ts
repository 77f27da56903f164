import { packedPackages } from '../packed/packed-packages.ts';

const names = ['@org/otel-core', '@org/otel-express', '@org/otel-nestjs'];

/** `npm pack` of what the matrix installs, name to archive. */
export async function testedPackages(): Promise<Record<string, string>> {
  const packed = await packedPackages();
  return Object.fromEntries(Object.entries(packed).filter(([name]) => names.includes(name)));
}
