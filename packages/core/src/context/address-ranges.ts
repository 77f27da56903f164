import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * A test for addresses in CIDR ranges such as `10.0.0.0/8`; a single address is a range of one. Ranges that are none are
 * left out. The list is made for the first address: Node's pattern of IPv6 takes 2 ms to compile.
 */
export function addressRanges(ranges: readonly string[]): (address: string) => boolean {
  let list: BlockList | undefined;
  return function isWithin(address) {
    if (isIP(address) === 0) return false;
    list ??= listOf(ranges);
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges.filter(isAddressRange)) {
    const [network = '', bits] = range.split('/');
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(bits), family);
  }
  return list;
}

/** Whether the text is an address, or a network with the number of its fixed bits. */
export function isAddressRange(text: string): boolean {
  const [network = '', bits, ...more] = text.split('/');
  const most = isIPv6(network) ? 128 : 32;
  if (isIP(network) === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}
