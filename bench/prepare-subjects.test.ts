import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type App, apps } from './apps.ts';
import type { Laboratory } from './laboratory.ts';
import { prepareSubjects } from './prepare-subjects.ts';
import { hello } from './routes.ts';
import { bare, type Variant } from './variants.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otel-node-bench-test-'));
  vi.stubEnv('ORG_OTEL_CACHE', join(folder, 'cache'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const peer = (name: string): Variant => ({
  ...bare,
  name,
  title: name,
  dependencies: { [name]: `file:/there/is/no/${name}.tgz` },
});

it('names a variant that npm cannot install with its error, and goes on', async () => {
  const app: App = { ...(apps[0] as App), dependencies: {} };
  const variants = [peer('peer-one'), peer('peer-two')];
  const series = [{ app, route: hello, variants, samplings: [1] }];
  const said: string[] = [];
  const laboratory = { folder } as Laboratory; // nothing gets as far as to need more
  const { subjects, failures } = await prepareSubjects(series, laboratory, (line) => {
    said.push(line);
  });
  expect(subjects).toEqual([]);
  expect(failures.map(({ variant }) => variant.name)).toEqual(['peer-one', 'peer-two']);
  expect(failures[0]?.reason).toMatch(/ENOENT.*peer-one\.tgz/s);
  expect(said.join('\n')).toMatch(/left out: .*npm install/);
});
