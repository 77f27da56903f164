import type { IncomingMessage } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
import { definedAttributes } from '../metrics/defined-attributes.ts';
import type { CaptureHeaders } from './capture-headers.ts';
import { forwardedOf } from './forwarded.ts';
import { methodAttribute } from './http-method.ts';
import type { UrlRedaction } from './redact-url.ts';
import { requestTarget } from './request-target.ts';
import { schemeOf } from './server-request.ts';

/** Whether a caller is believed. */
export type IsTrusted = (request: IncomingMessage) => boolean;

/** Attributes of a request as it arrives, by the HTTP semantic conventions; made only for a span that is kept. */
export function serverRequestAttributes(
  request: IncomingMessage,
  redaction: UrlRedaction,
  capture: CaptureHeaders | undefined,
  isTrusted?: IsTrusted,
): Attributes {
  const { headers } = request;
  const target = requestTarget(request.url ?? '/');
  const mark = target.indexOf('?');
  const told = forwardedOf(headers);
  const forwarded = told && (!isTrusted || isTrusted(request)) ? told : undefined;
  readHost(forwarded?.host ?? headers.host);
  const path = mark < 0 ? target : target.slice(0, mark);
  const attributes = attributesOf(request, path, forwarded?.client);
  if (attributes['http.request.method'] === '_OTHER' && request.method) {
    attributes['http.request.method_original'] = request.method;
  }
  if (mark >= 0) attributes['url.query'] = redaction.query(target.slice(mark + 1));
  if (headers['user-agent']) attributes['user_agent.original'] = headers['user-agent'];
  capture?.(attributes, (name) => request.headersDistinct[name]);
  return attributes;
}

/** One object that is made at once: added one by one, its attributes would be copied four times. */
function attributesOf(
  request: IncomingMessage,
  path: string,
  forwardedClient: string | undefined,
): Attributes {
  const { remoteAddress: peer, remotePort: peerPort } = request.socket;
  const client = forwardedClient ?? peer;
  const port = Number.isInteger(lastPort) ? lastPort : undefined;
  const attributes = {
    'http.request.method': methodAttribute(request.method),
    'url.scheme': schemeOf(request),
    'network.protocol.version': request.httpVersion,
    'url.path': path,
    'server.address': lastHost ? lastAddress : undefined,
    'server.port': port,
    'client.address': client || undefined,
    'network.peer.address': peer || undefined,
    'network.peer.port': (peer && peerPort) || undefined,
  };
  return client && peer && peerPort && port !== undefined
    ? attributes
    : definedAttributes(attributes);
}

let lastHost: string | undefined;
let lastAddress = '';
let lastPort = Number.NaN;

/** A service is asked under few names: the last one is taken apart once. */
function readHost(host: string | undefined): void {
  if (host !== lastHost) splitHost(host ?? '');
}

function splitHost(given: string): void {
  const host = given.slice(given.lastIndexOf('@') + 1); // a name and password there are nobody's business
  const colon = host.lastIndexOf(':');
  const hasPort = colon > 0 && !host.endsWith(']');
  lastHost = given;
  lastAddress = hasPort ? host.slice(0, colon) : host;
  lastPort = hasPort ? Number(host.slice(colon + 1)) : Number.NaN;
}
