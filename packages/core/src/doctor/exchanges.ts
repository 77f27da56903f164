import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EXCHANGES, type ExchangeMessage } from '../export/exchange.ts';
import type { OtlpSettings } from '../settings/settings.ts';

/** What became of one request. */
export interface Exchange {
  readonly host: string;
  readonly path: string;
  /** Undefined when nobody answered. */
  readonly answer?: { readonly status: number; readonly type: string; readonly date: string };
  readonly error?: { readonly code: string; readonly message: string };
  /** Milliseconds since 1970, when it was over. */
  readonly at: number;
}

/** Everything that this process delivers over HTTP. Disposing of it ends the listening. */
export interface Exchanges extends Disposable {
  /** The last one with a receiver. */
  with(otlp: OtlpSettings): Exchange | undefined;
}

export function hearExchanges(): Exchanges {
  const heard: Exchange[] = [];
  const onExchange = (message: unknown) => void heard.push(exchangeOf(message as ExchangeMessage));
  subscribe(EXCHANGES, onExchange);
  return {
    with({ url }) {
      const { host, pathname, search } = new URL(url);
      const isIt = (each: Exchange) => each.host === host && each.path === pathname + search;
      return heard.findLast(isIt);
    },
    [Symbol.dispose]() {
      unsubscribe(EXCHANGES, onExchange);
    },
  };
}

function exchangeOf({ url, answer, error }: ExchangeMessage): Exchange {
  const { host, pathname, search } = url;
  return {
    ...{ host, path: pathname + search, at: Date.now() },
    ...(answer && { answer: answerOf(answer) }),
    ...(error && { error: { code: error.code ?? error.name, message: error.message } }),
  };
}

function answerOf({ status, headers }: NonNullable<ExchangeMessage['answer']>) {
  const { 'content-type': type = '', date = '' } = headers;
  return { status, type: String(type), date: String(date) };
}
