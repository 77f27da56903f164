import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../tools/repository.ts';

/** Every finding there is, by what the sources say. */
async function findingIds(): Promise<string[]> {
  const folder = join(repository, 'packages/core/src/doctor');
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const ids = texts.flatMap((text) => [...text.matchAll(/\bid: '([a-z-]+)'/g)]);
  return [...new Set(ids.map(([, id]) => String(id)))].sort();
}

it('lists every finding in docs/doctor.md, and no other', async () => {
  const page = await readFile(join(repository, 'docs/doctor.md'), 'utf8');
  const [, table = ''] = page.split('## Findings');
  const listed = [...table.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, id]) => String(id));
  expect(listed.sort()).toEqual(await findingIds());
});

it('has a test for every finding that makes its trouble', async () => {
  const names = (await readdir(import.meta.dirname)).filter((name) =>
    /^doctor.*\.test\.ts$/.test(name),
  );
  const texts = await Promise.all(
    names.map((name) => readFile(join(import.meta.dirname, name), 'utf8')),
  );
  const all = texts.join('\n');
  const isMade = (id: string) => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(all);
  expect((await findingIds()).filter((id) => !isMade(id))).toEqual([]);
});
