import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

it('THIRD-PARTY.md names every OpenTelemetry package that is built in, with its version', () => {
  const { devDependencies } = JSON.parse(read('../package.json')) as {
    devDependencies: Record<string, string>;
  };
  const builtIn = Object.entries(devDependencies).filter(
    ([name]) => name.startsWith('@opentelemetry/') && name !== '@opentelemetry/api',
  );
  const notice = read('../THIRD-PARTY.md');
  expect(builtIn.length).toBeGreaterThan(10);
  for (const [name, version] of builtIn) expect(notice).toContain(`| ${name} | ${version} |`);
});
