import { type Context, trace } from '@opentelemetry/api';
import type { Target } from './target.ts';

/** Resendings of one context that did not follow yet: a caller that never sends again must not fill the memory. */
const MAX_PENDING = 10;

/** RFC 9110, 9.2.2: these may be sent again. A POST to the same place may be another order. */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** Besides 5xx, the answers that ask for the same request again: later, or with credentials. */
const askAgain = new Set([401, 407, 408, 425, 429]);

/** A request that was sent: by whom, and where. */
export interface Sent {
  readonly target: Target;
  readonly context: Context;
}

/**
 * A client follows a redirect, or tries again, with a request that says nothing of the one before. Both are made in the
 * same context, and the second goes where the first was sent on to, or failed: by that it is known again.
 */
export class Resends {
  readonly #pending = new WeakMap<Context, Map<string, number>>();

  /** The answer may send the request on, or ask for it again. */
  answered(sent: Sent, status: number, location: () => string | undefined): void {
    if (isRedirect(status)) this.#expectAt(sent, location());
    else if (status >= 500 || askAgain.has(status)) this.failed(sent);
  }

  /** It failed: the same request in the same span is another attempt. Without a span nothing holds them together. */
  failed(sent: Sent): void {
    const { target, context } = sent;
    const { method = '' } = target;
    if (repeatable.has(method) && trace.getSpan(context)) {
      this.#expect(sent, `${method} ${withoutFragment(target.url())}`);
    }
  }

  /** The number of times that a request was sent before; 0 for one that was not. */
  countOf(context: Context, method: string | undefined, url: () => string): number {
    const pending = this.#pending.get(context);
    if (!pending || !URL.canParse(url())) return 0;
    const target = withoutFragment(url());
    const key = [target, `${method} ${target}`].find((known) => pending.has(known));
    if (key === undefined) return 0;
    const count = pending.get(key) ?? 0;
    pending.delete(key);
    if (pending.size === 0) this.#pending.delete(context);
    return count;
  }

  #expectAt(sent: Sent, location: string | undefined): void {
    const from = sent.target.url();
    if (location !== undefined && URL.canParse(location, from)) {
      this.#expect(sent, withoutFragment(location, from));
    }
  }

  #expect({ target, context }: Sent, key: string): void {
    const pending = this.#pending.get(context) ?? new Map<string, number>();
    const [oldest] = pending.keys();
    if (pending.size >= MAX_PENDING && oldest !== undefined) pending.delete(oldest);
    this.#pending.set(context, pending.set(key, (target.resendCount ?? 0) + 1));
  }
}

function isRedirect(status: number): boolean {
  return status > 300 && status < 309 && status !== 304;
}

function withoutFragment(url: string, base?: string): string {
  const parsed = new URL(url, base);
  parsed.hash = '';
  return parsed.href;
}
