import { defineConfig } from 'tsup';

// Nest's decorators are compiled; everything else could be run by Node as it is.
export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  target: 'node24',
  clean: true,
  sourcemap: true,
});
