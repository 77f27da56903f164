import { BlockList } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Whether a URL leads to this machine itself. */
export function isLoopback({ hostname }: URL): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  // a URL has brackets around IPv6; net.isIPv6 compiles a pattern of 2 ms when it is first asked
  return hostname.startsWith('[')
    ? loopback.check(hostname.slice(1, -1), 'ipv6')
    : loopback.check(hostname, 'ipv4');
}
