import { expect, it } from 'vitest';
import { baggageHosts } from './baggage-hosts.ts';

const internal = baggageHosts([]);

it.each([
  'localhost',
  'app.localhost',
  '127.0.0.1',
  '127.8.9.1',
  '::1',
  '[::1]',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  'fd00::1',
  '::ffff:10.0.0.1',
  'orders',
  'printer.local',
  'db.internal',
  'orders.shop.svc',
  'orders.shop.svc.cluster.local',
  'ORDERS.Internal.',
])('%s is internal', (host) => {
  expect(internal(host)).toBe(true);
});

it.each([
  'example.com',
  'api.example.com',
  'local.example.com',
  'svc.example.com',
  '8.8.8.8',
  '172.32.0.1',
  '11.0.0.1',
  '169.254.169.254',
  '2001:db8::1',
  '::ffff:8.8.8.8',
  '134744072',
  '0x8080808',
  '',
])('%j is not', (host) => {
  expect(internal(host)).toBe(false);
});

it('takes names, patterns, addresses and ranges', () => {
  const listed = baggageHosts([
    'api.Example.com',
    '*.shop.example',
    '203.0.113.0/24',
    '2001:db8::/32',
  ]);
  for (const host of [
    'API.example.com',
    'a.shop.example',
    '203.0.113.9',
    '2001:db8::7',
    'orders',
  ]) {
    expect(listed(host), host).toBe(true);
  }
  for (const host of ['example.com', 'shop.example', '203.0.114.1', '2001:db9::7']) {
    expect(listed(host), host).toBe(false);
  }
  expect(baggageHosts(['*'])('anything.example')).toBe(true);
  expect(baggageHosts(['*'])('8.8.8.8')).toBe(true);
});
