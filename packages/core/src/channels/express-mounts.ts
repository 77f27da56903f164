import { countSegments } from './count-segments.ts';

/** Templates of the mount paths that a request has passed, by their concrete text. */
export class ExpressMounts {
  readonly #templates = new Map<string, string>();

  /** A layer below `base` with a pattern of its own. */
  pass(base: string, pattern: string): void {
    const prefix = this.templateOf(this.#parentOf(base, pattern));
    if (prefix !== undefined) this.#templates.set(base, joinTemplates(prefix, pattern));
  }

  /** Undefined for a mount that was not seen. */
  templateOf(base: string): string | undefined {
    return base === '' ? '' : this.#templates.get(base);
  }

  /** The concrete prefix before a layer's own part of `base`. */
  #parentOf(base: string, pattern: string): string {
    const segments = segmentsOf(pattern);
    if (segments === undefined) return this.#longestPrefixOf(base);
    return base.split('/').slice(0, -segments).join('/');
  }

  #longestPrefixOf(base: string): string {
    let longest = '';
    for (const known of this.#templates.keys()) {
      if (known.length > longest.length && known !== base && base.startsWith(`${known}/`))
        longest = known;
    }
    return longest;
  }
}

/** Each segment of a plain pattern matches one of the path; wildcards, groups and regular expressions can match more. */
function segmentsOf(pattern: string): number | undefined {
  if (!pattern.startsWith('/') || /[*{}()[\]\\^$]/.test(pattern)) return undefined;
  return countSegments(pattern);
}

/** A pattern below a prefix; `/` where both are empty. */
export function joinTemplates(prefix: string, pattern: string): string {
  if (prefix === '') return pattern === '' ? '/' : pattern;
  const joined = prefix.replace(/\/$/, '') + (pattern === '/' ? '' : pattern);
  return joined === '' ? '/' : joined;
}
