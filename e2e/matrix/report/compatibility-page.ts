import { fileURLToPath } from 'node:url';

/** The page that shows the matrix. */
export const compatibilityPage = fileURLToPath(
  new URL('../../../docs/compatibility.md', import.meta.url),
);
