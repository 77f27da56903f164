import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../../tools/repository.ts';
import { markdownSections } from './markdown-sections.ts';

/** A program that stands in a document. */
export interface Example {
  /** Document and file: `docs/escape-hatches.md: sampler.mjs`. */
  name: string;
  file: string;
  text: string;
}

/** Every block of a document that says a file, outside of its quick starts. */
export async function readExamples(document: string): Promise<Example[]> {
  const markdown = await readFile(join(repository, document), 'utf8');
  return markdownSections(markdown).flatMap(({ blocks }) =>
    blocks.flatMap(({ file, text }) => (file ? { name: `${document}: ${file}`, file, text } : [])),
  );
}
