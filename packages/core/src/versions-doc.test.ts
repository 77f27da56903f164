import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const page = readFileSync(new URL('../../../docs/versions.md', import.meta.url), 'utf8');

/** What the table says of a package: version, then how it comes. */
function rowOf(name: string): string[] | undefined {
  const line = page.split('\n').find((text) => text.startsWith(`| \`${name}\``));
  return line
    ?.split('|')
    .slice(2, 4)
    .map((cell) => cell.trim());
}

it.each(manifest.builtIn)('docs/versions.md has the version of %s that is built in', (name) => {
  const versions: Record<string, string> = manifest.devDependencies;
  expect(rowOf(name)).toEqual([versions[name], 'built in']);
});

it('docs/versions.md has the range of the API and the oldest Node.js', () => {
  expect(rowOf('@opentelemetry/api')?.[0]).toBe(
    `\`${manifest.peerDependencies['@opentelemetry/api']}\``,
  );
  const oldest = manifest.engines.node.replace('>=', '').replace(/\.0$/, '');
  expect(page).toContain(`Node.js ${oldest} or newer`);
});
