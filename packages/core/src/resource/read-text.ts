import { readFileSync } from 'node:fs';

/** How files of this machine are read: their text, or undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

/** The text of a small file of this machine; undefined where it cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
