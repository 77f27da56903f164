import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../../tools/repository.ts';
import { type Block, markdownSections, type Section } from './markdown-sections.ts';
import type { QuickStart } from './quick-start.ts';

/**
 * The quick starts of a README: what stands under `Quick start`, or under each of its headings if it
 * has some. `npm install` lines under `Install` count for one that has none of its own. Throws when
 * code in it says no file, because nothing in a quick start may go untested.
 */
export async function readQuickStarts(readme: string): Promise<QuickStart[]> {
  const sections = markdownSections(await readFile(join(repository, readme), 'utf8'));
  const first = sections.findIndex(({ title }) => title === 'Quick start');
  const level = sections[first]?.level;
  if (level === undefined) throw new Error(`${readme}: no heading "Quick start"`);
  const after = sections.findIndex((section, at) => at > first && section.level <= level);
  const chosen = sections.slice(first, after < 0 ? undefined : after);
  const shared = sections.find(({ title }) => title === 'Install');
  return chosen
    .filter(({ blocks }) => blocks.length > 0)
    .map((section) => quickStart(section, shared?.blocks ?? []));
}

function quickStart({ title, blocks }: Section, shared: Block[]): QuickStart {
  const own = commandsOf(blocks);
  const commands = own.some(isInstall) ? own : [...commandsOf(shared), ...own];
  const files = blocks.filter(({ language }) => !['', 'sh'].includes(language));
  const nameless = files.find(({ file }) => file === undefined);
  if (nameless) throw new Error(`${title}: a block of code says no file:\n${nameless.text}`);
  return {
    title,
    installs: commands.filter(isInstall),
    files: Object.fromEntries(files.map(({ file = '', text }) => [file, text])),
    start: commands.find((line) => !isInstall(line) && !line.startsWith('curl ')),
    urls: commands.filter((line) => line.startsWith('curl ')).map((line) => line.slice(5)),
  };
}

function commandsOf(blocks: Block[]): string[] {
  const lines = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
  return lines.flatMap((text) => text.trim().split('\n'));
}

function isInstall(line: string): boolean {
  return line.startsWith('npm install ');
}
