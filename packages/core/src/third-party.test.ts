import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

it('THIRD-PARTY.md names every OpenTelemetry package that is built in, with its version', () => {
  const { devDependencies, peerDependencies, builtIn } = JSON.parse(read('../package.json')) as {
    peerDependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    builtIn: string[];
  };
  const used = Object.keys(devDependencies).filter((name) => name.startsWith('@opentelemetry/'));
  expect(builtIn).toEqual(used.filter((name) => !(name in peerDependencies)).sort());
  const notice = read('../THIRD-PARTY.md').replaceAll(/ +/g, ' ');
  for (const name of builtIn) expect(notice).toContain(`| ${name} | ${devDependencies[name]} |`);
});
