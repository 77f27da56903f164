import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderMarkdown } from '../../bench/render-table.ts';
import { repository } from '../../tools/repository.ts';
import { stories } from './stories.ts';
import type { Figures, Story } from './story.ts';

/** One line of the page: what a story came to, and when. */
interface Kept extends Figures {
  readonly story: string;
  readonly sdk: 'ours' | 'official';
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly node: string;
}

const results = join(repository, 'bench/results/reliability.json');
const page = join(repository, 'docs/reliability.md');
const [begin, end] = ['<!-- Written by `npm run test:soak` -->', '<!-- End of what is written -->'];

/** Puts the figures in place of the last ones of this story, in the results and on the page. */
export async function keepFigures(story: Story, sdk: Kept['sdk'], figures: Figures): Promise<void> {
  const before = existsSync(results) ? (JSON.parse(await readFile(results, 'utf8')) as Kept[]) : [];
  const others = before.filter((kept) => kept.story !== story.name || kept.sdk !== sdk);
  const date = new Date().toISOString().slice(0, 10);
  const kept = [...others, { story: story.name, sdk, date, node: process.version, ...figures }];
  await writeFile(results, `${JSON.stringify(kept, null, 2)}\n`);
  const text = await readFile(page, 'utf8');
  const [head = '', rest = ''] = text.split(begin);
  const tail = rest.split(end)[1] ?? '';
  await writeFile(page, `${head}${begin}\n\n${tableOf(kept)}\n\n${end}${tail}`);
}

function tableOf(all: readonly Kept[]): string {
  const lines = stories.flatMap((story) =>
    (['ours', 'official'] as const).flatMap((sdk) => {
      const kept = all.find((each) => each.story === story.name && each.sdk === sdk);
      return kept ? [lineOf(story, kept)] : [];
    }),
  );
  return renderMarkdown({
    head: [
      '',
      'SDK',
      'made',
      'lost',
      'of them counted',
      'twice',
      'memory, RSS MiB',
      'event loop p99, before and meanwhile',
      'rest in',
      'date',
    ],
    lines,
  });
}

function lineOf(story: Story, kept: Kept): string[] {
  return [
    kept.sdk === 'ours' ? `${story.title}: ${story.passes}` : '',
    kept.sdk === 'ours' ? 'this' : 'official',
    String(kept.made),
    String(kept.lost),
    kept.sdk === 'ours' ? String(kept.counted) : '',
    String(kept.twice),
    `${signed(kept.memory)}, ${signed(kept.rss)}`,
    `${kept.loopBefore} ms, ${kept.loop} ms`,
    `${kept.drained} s`,
    kept.date,
  ];
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
