import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * IPv4 blocks that lead to no public host, by IANA's registry of special-purpose addresses (RFC 6890 and what updates
 * it), with multicast and the reserved block at the end.
 * https://www.iana.org/assignments/iana-ipv4-special-registry (read 2026-11)
 */
const specialIPv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Public IPv6 hosts live here and nowhere else, or are IPv4 hosts behind the well-known NAT64 prefix (RFC 6052). */
const globalIPv6: readonly (readonly [string, number])[] = [
  ['2000::', 3],
  ['64:ff9b::', 96],
];

/**
 * Of those, what is not a public host: protocol assignments with Teredo, documentation, and 6to4, which carries an IPv4
 * address. https://www.iana.org/assignments/iana-ipv6-special-registry (read 2026-11)
 */
const specialIPv6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ...specialIPv4.map(([address, bits]) => [`64:ff9b::${address}`, 96 + bits] as const),
];

function blockList(subnets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, family);
  return list;
}

const special4 = blockList(specialIPv4, 'ipv4');
const global6 = blockList(globalIPv6, 'ipv6');
const special6 = blockList(specialIPv6, 'ipv6');

/** True when the address may belong to a host on the public internet; never for what is not an address. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4');
  // A zone (`fe80::1%eth0`) is only ever a link's.
  if (!isIPv6(address) || address.includes('%')) return false;
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}
