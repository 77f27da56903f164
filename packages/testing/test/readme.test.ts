import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const readme = readFileSync(`${home}/README.md`, 'utf8');
const [quickStart, collector, faults, ...others] = Array.from(
  readme.matchAll(/```js\n(.*?)```/gs),
  ([, code]) => code ?? '',
);

/** Runs a piece of the README as it stands, on the packages' sources. */
async function run(code = ''): Promise<string> {
  const args = ['--conditions=@org/source', '--input-type=module', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: home,
    timeout: 25_000,
  });
  return stdout;
}

test('the quick start passes', async () => {
  const output = await run(quickStart);
  expect(output).toMatch(/trace [0-9a-f]{32} has 2 spans/);
  expect(output).toMatch(/pass 1\n/);
});

test('the collector prints what the README says', async () => {
  expect(readme).toContain(`\`\`\`text\n${await run(collector)}\`\`\``);
});

test('the fault test prints what the README says', async () => {
  expect(readme).toContain(`prints \`${(await run(faults)).trim()}\``);
});

test('there is no example that is not run', () => {
  expect(others).toEqual([]);
});
