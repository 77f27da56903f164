import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appFolder } from './packed/app-folder.ts';
import { copiesIn } from './packed/copies-in.ts';
import { installedPackages, installedWith } from './packed/installed-packages.ts';

async function copiesByName(project: string): Promise<Record<string, string[]>> {
  const copies = (await copiesIn(project)).filter(({ name }) =>
    /^@(opentelemetry|org)\//.test(name),
  );
  const byName = Object.groupBy(copies, ({ name }) => name);
  return Object.fromEntries(
    Object.entries(byName).map(([name, same]) => [name, (same ?? []).map(({ folder }) => folder)]),
  );
}

function expectOneOfEach(copies: Record<string, string[]>): void {
  const expected = Object.keys(copies).map((name) => [name, [`node_modules/${name}`]]);
  expect(copies).toEqual(Object.fromEntries(expected));
}

it('has one copy of each OpenTelemetry package, the api among them', async () => {
  const copies = await copiesByName(await installedPackages());
  expect(Object.keys(copies)).toContain('@opentelemetry/api');
  expect(Object.keys(copies).filter((name) => name.startsWith('@org/'))).toHaveLength(6);
  expectOneOfEach(copies);
});

it('has one copy of each beside an SDK of the same line that the app installs itself', async () => {
  const project = await installedWith('packed-beside-sdk', {
    '@opentelemetry/api': '1.10.0',
    '@opentelemetry/sdk-trace': '3.1.0',
    '@opentelemetry/sdk-metrics': '3.1.0',
  });
  expectOneOfEach(await copiesByName(project));
});

it('sees a second copy when there is one', async () => {
  await using project = await appFolder();
  for (const folder of ['', 'other/']) {
    const place = project.file(
      `node_modules/${folder && `${folder}node_modules/`}@opentelemetry/core`,
    );
    await mkdir(place, { recursive: true });
    await writeFile(
      join(place, 'package.json'),
      '{"name":"@opentelemetry/core","version":"3.1.0"}',
    );
  }
  await writeFile(project.file('node_modules/other/package.json'), '{"name":"other"}');
  expect((await copiesByName(project.path))['@opentelemetry/core']).toHaveLength(2);
});
