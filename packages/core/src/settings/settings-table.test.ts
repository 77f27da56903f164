import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsTable } from './settings-table.ts';

interface Shape {
  readonly parent: string;
  /** The text of each member's type. */
  readonly members: readonly (readonly [name: string, type: string])[];
}

/** Every interface of this folder. */
function interfaces(): Map<string, Shape> {
  const found = new Map<string, Shape>();
  for (const file of readdirSync(import.meta.dirname)) {
    const source = readFileSync(`${import.meta.dirname}/${file}`, 'utf8');
    const all = source.matchAll(/^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}/gms);
    for (const [, name = '', parent = '', body = ''] of all) {
      const members = body.matchAll(/^ {2}readonly (\w+)\??: ([^;]+);/gm);
      const typed = [...members].map(([, member = '', type = '']) => [member, type] as const);
      found.set(name, { parent, members: typed });
    }
  }
  return found;
}

/** Dotted paths to all that InitOptions takes. */
function optionPaths(): string[] {
  const known = interfaces();
  const below = (name: string, path: string): string[] => {
    const { parent = '', members = [] } = known.get(name) ?? {};
    const own = members.flatMap(([member, type]) =>
      known.has(type) ? below(type, `${path}${member}.`) : [`${path}${member}`],
    );
    return known.has(parent) ? [...own, ...below(parent, path)] : own;
  };
  return below('InitOptions', '');
}

it('has a row for every option of InitOptions, and no other option', () => {
  const inTable = settingsTable.flatMap(({ rows }) => rows.flatMap(({ options }) => options));
  const paths = optionPaths();
  expect(paths.length).toBeGreaterThan(60);
  expect([...new Set(inTable)].sort()).toEqual(paths.sort());
});

it('names every option in docs/configuration.md', () => {
  const page = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
  expect(optionPaths().filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
});
