import { expect, it } from 'vitest';
import { readDemoOptions } from './demo-options.ts';

it('asks endlessly through the embedded collector on the usual ports unless told otherwise', () => {
  expect(readDemoOptions([])).toEqual({
    once: false,
    json: false,
    collector: 'embedded',
    path: '/something',
    anyPorts: false,
    ports: {
      gateway: 8080,
      'api-node': 3000,
      'api-python': 8000,
      'otlp-http': 4318,
      'otlp-grpc': 4317,
    },
  });
});

it('takes every option', () => {
  const args = ['--once', '--json', '--collector=otelcol', '--path=/boom', '--ports=auto'];
  expect(readDemoOptions([...args, '--port-api-node=3001'])).toMatchObject({
    once: true,
    json: true,
    collector: 'otelcol',
    path: '/boom',
    anyPorts: true,
    ports: { 'api-node': 3001, gateway: 8080 },
  });
});

it.each([
  ['--collector=jaeger', '--collector: expected embedded or otelcol, got "jaeger".'],
  ['--ports=any', '--ports: expected usual or auto, got "any".'],
  ['--port-gateway=web', '--port-gateway: expected a port from 1 to 65535, got "web".'],
  ['--port-gateway=65536', '--port-gateway: expected a port from 1 to 65535, got "65536".'],
])('says what is wrong with %s', (option, sentence) => {
  expect(() => readDemoOptions([option])).toThrow(sentence);
});

it('shows its usage for an option it does not know', () => {
  expect(() => readDemoOptions(['--twice'])).toThrow(/--twice.*\nnpm run demo/s);
});
