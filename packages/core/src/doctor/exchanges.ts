import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
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

const ANSWER = 'http.client.response.finish';
const FAILURE = 'http.client.request.error';

/** Everything that this process asks over HTTP, as Node tells it. Disposing of it ends the listening. */
export interface Exchanges extends Disposable {
  /** The last one with a receiver. */
  with(otlp: OtlpSettings): Exchange | undefined;
}

export function hearExchanges(): Exchanges {
  const heard: Exchange[] = [];
  const onAnswer = (message: unknown) => void heard.push(answered(message as Message));
  const onFailure = (message: unknown) => void heard.push(failed(message as Message));
  subscribe(ANSWER, onAnswer);
  subscribe(FAILURE, onFailure);
  return {
    with({ url }) {
      const { host, pathname, search } = new URL(url);
      const isIt = (each: Exchange) => each.host === host && each.path === pathname + search;
      return heard.findLast(isIt);
    },
    [Symbol.dispose]() {
      unsubscribe(ANSWER, onAnswer);
      unsubscribe(FAILURE, onFailure);
    },
  };
}

interface Message {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly error: NodeJS.ErrnoException;
}

function answered({ request, response }: Message): Exchange {
  const { 'content-type': type = '', date = '' } = response.headers;
  return { ...asked(request), answer: { status: response.statusCode ?? 0, type, date } };
}

function failed({ request, error }: Message): Exchange {
  return { ...asked(request), error: { code: error.code ?? error.name, message: error.message } };
}

/** Through a proxy the path is a whole URL. */
function asked(request: ClientRequest): Pick<Exchange, 'host' | 'path' | 'at'> {
  const { path } = request;
  const isWhole = URL.canParse(path);
  const { pathname, search, host } = isWhole ? new URL(path) : new URL(path, 'http://localhost');
  const named = isWhole ? host : String(request.getHeader('host') ?? '');
  return { host: named, path: pathname + search, at: Date.now() };
}
