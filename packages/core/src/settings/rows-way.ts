import { flag, httpUrl, text } from './kinds.ts';
import { setting } from './setting.ts';

/** What lies between this process and the receiver. */
export const wayRows = {
  allowPlaintextCredentials: setting({
    variables: ['OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS'],
    options: ['exporter.otlpHttp.allowPlaintextCredentials'],
    kind: flag,
    fallback: false,
    says: '`true` sends headers that hold a credential over plain HTTP to another machine too. Without it they are left out there, and said.',
  }),
  httpProxy: setting({
    variables: ['http_proxy', 'HTTP_PROXY'],
    options: [],
    kind: httpUrl,
    fallback: undefined,
    byDefault: 'none',
    says: 'The proxy for receivers at `http://`. This machine itself is never asked through a proxy. Needs Node.js 22.21 or 24.5.',
  }),
  httpsProxy: setting({
    variables: ['https_proxy', 'HTTPS_PROXY'],
    options: [],
    kind: httpUrl,
    fallback: undefined,
    byDefault: 'none',
    says: 'The proxy for receivers at `https://`. Needs Node.js 22.21 or 24.5.',
  }),
  noProxy: setting({
    variables: ['no_proxy', 'NO_PROXY'],
    options: [],
    kind: text,
    fallback: undefined,
    byDefault: 'none',
    says: 'Hosts that are asked directly: names, `.example.com`, addresses, `*`; as Node.js reads it.',
  }),
};
