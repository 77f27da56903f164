import type { Context } from '@opentelemetry/api';

/** Redirects of one context that were not followed yet: a caller that never follows must not fill the memory. */
const MAX_PENDING = 10;

/**
 * fetch follows a redirect with a request that says nothing of the one before. Both are made in the
 * same context, and the second goes where the first was sent: by that it is known again.
 */
export class Redirects {
  readonly #pending = new WeakMap<Context, Map<string, number>>();

  /** Remembers where a request was sent on to, and that this will be its `count`-th resending. */
  expect(context: Context, from: string, location: string, count: number): void {
    if (!URL.canParse(location, from)) return;
    const pending = this.#pending.get(context) ?? new Map<string, number>();
    const [oldest] = pending.keys();
    if (pending.size >= MAX_PENDING && oldest !== undefined) pending.delete(oldest);
    this.#pending.set(context, pending.set(withoutFragment(location, from), count));
  }

  /** The number of times that a request was sent before; 0 for one that follows no redirect. */
  countOf(context: Context, url: () => string): number {
    const pending = this.#pending.get(context);
    if (!pending || !URL.canParse(url())) return 0;
    const target = withoutFragment(url());
    const count = pending.get(target) ?? 0;
    pending.delete(target);
    if (pending.size === 0) this.#pending.delete(context);
    return count;
  }
}

function withoutFragment(url: string, base?: string): string {
  const parsed = new URL(url, base);
  parsed.hash = '';
  return parsed.href;
}
