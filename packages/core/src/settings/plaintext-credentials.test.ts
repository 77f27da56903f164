import { expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';
import { describeProblem } from './setting-problem.ts';

const HEADERS = 'Authorization=Bearer%20canary,x-api-key=canary,x-scope=shop';

function read(endpoint: string, more: Record<string, string> = {}) {
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: HEADERS,
    ...more,
  };
  const { settings, problems } = readSettings(variables, {});
  return { ...settings.traces.otlp, said: problems.map(describeProblem) };
}

it.each([
  'https://collector.example:4318',
  'http://localhost:4318',
  'http://127.0.0.2:4318',
  'http://[::1]:4318',
])('sends credentials to %s', (endpoint) => {
  const { headers, said } = read(endpoint);
  expect(Object.keys(headers)).toEqual(['Authorization', 'x-api-key', 'x-scope']);
  expect(said).toEqual([]);
});

it('leaves them out over plain HTTP to another machine, and says which, not what they are', () => {
  const { headers, url, said } = read('http://user:canary@collector.example:4318');
  expect(headers).toEqual({ 'x-scope': 'shop' });
  expect(url).toBe('http://collector.example:4318/v1/traces');
  expect(said).toEqual([
    'exporter.otlpHttp.headers: expected https:// for a credential to collector.example:4318 (or OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS=true), got "Authorization, x-api-key, user and password in the endpoint"; using none of them: they are not sent',
  ]);
});

it('sends them when that is allowed', () => {
  const allowed = { OTEL_NODE_ALLOW_PLAINTEXT_CREDENTIALS: 'true' };
  const { headers, said } = read('http://collector.example:4318', allowed);
  expect(headers).toHaveProperty('Authorization', 'Bearer canary');
  expect(said).toEqual([]);
});

it('asks another machine through the proxy of its scheme, and this one directly', () => {
  const proxies = { https_proxy: 'http://p:1', HTTP_PROXY: 'http://p:2', NO_PROXY: '.local' };
  const proxyTo = (endpoint: string) => read(endpoint, proxies).proxy;
  expect(proxyTo('https://collector.example')).toEqual({
    HTTPS_PROXY: 'http://p:1',
    NO_PROXY: '.local',
  });
  expect(proxyTo('http://collector.example')).toEqual({
    HTTP_PROXY: 'http://p:2',
    NO_PROXY: '.local',
  });
  expect(proxyTo('http://localhost:4318')).toBeUndefined();
});
