import type { IncomingMessage } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
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
  const { socket, headers } = request;
  const method = methodAttribute(request.method);
  const attributes: Attributes = {
    'http.request.method': method,
    'url.scheme': schemeOf(request),
    'network.protocol.version': request.httpVersion,
  };
  if (method === '_OTHER' && request.method) {
    attributes['http.request.method_original'] = request.method;
  }
  addTarget(attributes, request.url ?? '/', redaction);
  const told = forwardedOf(headers);
  const forwarded = told && (!isTrusted || isTrusted(request)) ? told : undefined;
  addHost(attributes, forwarded?.host ?? headers.host);
  if (headers['user-agent']) attributes['user_agent.original'] = headers['user-agent'];
  const client = forwarded?.client ?? socket.remoteAddress;
  if (client) attributes['client.address'] = client;
  if (socket.remoteAddress) {
    attributes['network.peer.address'] = socket.remoteAddress;
    if (socket.remotePort) attributes['network.peer.port'] = socket.remotePort;
  }
  capture?.(attributes, (name) => request.headersDistinct[name]);
  return attributes;
}

function addTarget(attributes: Attributes, url: string, redaction: UrlRedaction): void {
  const target = requestTarget(url);
  const mark = target.indexOf('?');
  attributes['url.path'] = mark < 0 ? target : target.slice(0, mark);
  if (mark >= 0) attributes['url.query'] = redaction.query(target.slice(mark + 1));
}

let lastHost: string | undefined;
let lastAddress = '';
let lastPort = Number.NaN;

/** A service is asked under few names: the last one is taken apart once. */
function addHost(attributes: Attributes, host: string | undefined): void {
  if (!host) return;
  if (host !== lastHost) splitHost(host);
  attributes['server.address'] = lastAddress;
  if (Number.isInteger(lastPort)) attributes['server.port'] = lastPort;
}

function splitHost(given: string): void {
  const host = given.slice(given.lastIndexOf('@') + 1); // a name and password there are nobody's business
  const colon = host.lastIndexOf(':');
  const hasPort = colon > 0 && !host.endsWith(']');
  lastHost = given;
  lastAddress = hasPort ? host.slice(0, colon) : host;
  lastPort = hasPort ? Number(host.slice(colon + 1)) : Number.NaN;
}
