import { styleText } from 'node:util';

/** How the output of the `render` functions looks. */
export interface RenderOptions {
  /** ANSI colours; false by default, so that a pipe or a test message stays plain. */
  readonly colour?: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** Colours a text. */
export type Paint = (style: Style, text: string) => string;

/** Returns a function that colours, or one that leaves the text alone. */
export function paint({ colour = false }: RenderOptions = {}): Paint {
  if (!colour) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}

const serviceStyles: Style[] = ['cyan', 'magenta', 'green', 'blue', 'yellow'];

/** The colour of a service: the same one wherever it appears. */
export function serviceStyle(service: string): Style {
  let sum = 0;
  for (const character of service) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return serviceStyles[sum % serviceStyles.length] ?? 'cyan';
}
