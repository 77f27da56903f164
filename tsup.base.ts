import { defineConfig, type Options } from 'tsup';

/** Dual ESM + CJS with rolled-up declarations; the one place that knows the bundler. */
export function packageBuild(entry: string[], extra: Options = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'node22',
    dts: true,
    clean: true,
    sourcemap: true,
    splitting: false,
    ...extra,
  });
}
