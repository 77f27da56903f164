import { type Attributes, SpanKind } from '@opentelemetry/api';

/** Old names whose values are the same. */
const both: Readonly<Record<string, string>> = {
  'http.method': 'http.request.method',
  'http.status_code': 'http.response.status_code',
  'http.flavor': 'network.protocol.version',
  'http.user_agent': 'user_agent.original',
};

const ofServers: Readonly<Record<string, string>> = {
  ...both,
  'http.scheme': 'url.scheme',
  'http.client_ip': 'client.address',
  'net.host.name': 'server.address',
  'net.host.port': 'server.port',
  'net.peer.ip': 'network.peer.address',
  'net.peer.port': 'network.peer.port',
};

const ofClients: Readonly<Record<string, string>> = {
  ...both,
  'http.url': 'url.full',
  'net.peer.name': 'server.address',
  'net.peer.port': 'server.port',
};

/** What the HTTP semantic conventions called the attributes of a span before they were stable (1.20). */
export function oldHttpAttributes(kind: SpanKind, now: Attributes): Attributes {
  const isServer = kind === SpanKind.SERVER;
  const old: Attributes = { 'http.host': hostOf(now) };
  for (const [name, by] of Object.entries(isServer ? ofServers : ofClients)) old[name] = now[by];
  return Object.assign(old, isServer ? servedUrl(now) : sentUrl(now));
}

function hostOf({ 'server.address': name, 'server.port': port }: Attributes): string | undefined {
  if (name === undefined) return undefined;
  return port === undefined ? String(name) : `${name}:${port}`;
}

function servedUrl(now: Attributes): Attributes {
  const { 'url.path': path = '/', 'url.query': query, 'url.scheme': scheme } = now;
  const target = query === undefined ? String(path) : `${path}?${query}`;
  const host = hostOf(now);
  const url = host === undefined ? {} : { 'http.url': `${scheme}://${host}${target}` };
  return { 'http.target': target, ...url };
}

function sentUrl({ 'url.full': full }: Attributes): Attributes {
  if (typeof full !== 'string' || !URL.canParse(full)) return {};
  const { protocol, pathname, search } = new URL(full);
  return { 'http.scheme': protocol.slice(0, -1), 'http.target': pathname + search };
}
