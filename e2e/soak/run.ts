// npm run test:soak: hours of faults, each with a figure it must come to. `-- --story NAME` runs one
// (again for more), `--official` the official SDK as well, `--faster N` divides the durations.
import { parseArgs } from 'node:util';
import { buildPackages } from '../../tools/build-packages.ts';
import { cachedNpmProject, goPart } from '../../tools/cache.ts';
import { keepFigures } from './keep-figures.ts';
import { stories } from './stories.ts';
import type { Figures, Kit, Story } from './story.ts';

const { values } = parseArgs({
  options: {
    story: { type: 'string', multiple: true },
    official: { type: 'boolean', default: false },
    faster: { type: 'string', default: '1' },
  },
});

const faster = Number(values.faster);
if (!(faster >= 1)) fail(`--faster: expected a number of 1 or more, got "${values.faster}"`);
const chosen = values.story?.map(storyNamed) ?? stories;

await buildPackages();
const kit: Kit = {
  toxiproxy: await goPart('toxiproxy'),
  collector: await goPart('otelcol-small'),
  sdk: { name: 'ours' },
  faster,
};
const official: Kit = { ...kit, sdk: { name: 'official', packages: await officialPackages() } };

for (const story of chosen) {
  await tell(story, kit);
  if (values.official) await tell(story, official);
}

async function tell(story: Story, use: Kit): Promise<void> {
  process.stderr.write(`${story.title}, ${use.sdk.name}…\n`);
  const figures = await story.run(use);
  console.log(JSON.stringify({ story: story.name, sdk: use.sdk.name, ...rounded(figures) }));
  if (faster === 1) await keepFigures(story, use.sdk.name, rounded(figures));
  if (use.sdk.name !== 'ours') return;
  for (const fault of story.faults(figures)) {
    process.stderr.write(`  FAILED: ${fault}\n`);
    process.exitCode = 1;
  }
}

function rounded(figures: Figures): Figures {
  const entries = Object.entries(figures).map(([name, value]) => [
    name,
    Math.round(value * 10) / 10,
  ]);
  return Object.fromEntries(entries) as Figures;
}

async function officialPackages(): Promise<string> {
  const folder = await cachedNpmProject({
    name: 'soak-official',
    dependencies: {
      '@opentelemetry/api': '1.10.0',
      '@opentelemetry/sdk-trace': '3.1.0',
      '@opentelemetry/exporter-trace-otlp-proto': '0.301.0',
    },
  });
  return `${folder}/package.json`;
}

function storyNamed(name: string): Story {
  const names = stories.map((each) => each.name).join(', ');
  return (
    stories.find((each) => each.name === name) ??
    fail(`--story: expected one of ${names}, got "${name}"`)
  );
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
