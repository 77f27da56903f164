/** A fenced block. */
export interface Block {
  /** `sh`, `js`. */
  language: string;
  /** From `file=NAME` behind the language, or a line with only `` `NAME`: `` before the block. */
  file: string | undefined;
  text: string;
}

/** A heading and the fenced blocks below it, up to the next heading of any level. */
export interface Section {
  level: number;
  title: string;
  blocks: Block[];
}

/** The sections of a Markdown text in their order. */
export function markdownSections(markdown: string): Section[] {
  const sections: Section[] = [];
  const lines = markdown.split('\n');
  let named: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const heading = /^(#+) (.*)$/.exec(line);
    const fence = /^```(\S*)(?: file=(\S+))?$/.exec(line);
    if (heading)
      sections.push({ level: heading[1]?.length ?? 0, title: heading[2] ?? '', blocks: [] });
    if (fence) {
      const end = lines.indexOf('```', index + 1);
      const text = `${lines.slice(index + 1, end).join('\n')}\n`;
      sections.at(-1)?.blocks.push({ language: fence[1] ?? '', file: fence[2] ?? named, text });
      index = end;
    }
    if (line.trim() !== '' || fence) named = /^`([^`]+)`:$/.exec(line)?.[1];
  }
  return sections;
}
