import { BlockList, isIP } from 'node:net';
import { err, ok, type Result } from '#foundation/index.ts';

/** Which addresses the server may talk to on a user's word. */
export interface AddressRules {
  /** Undefined when it may; else why not. */
  refuses(address: string): string | undefined;
}

/** Nothing that is routed on the internet: IANA's special-purpose registries of IPv4 and IPv6, and what carries an IPv4 address inside. */
const CLOSED = [
  ['0.0.0.0/8', 'of this machine'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'private to a provider'],
  ['127.0.0.0/8', 'of this machine'],
  // Here the services answer that give credentials to machines of a cloud.
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/4', 'of many'],
  ['240.0.0.0/4', 'reserved'],
  ['::/96', 'of this machine'],
  ['64:ff9b::/96', 'an IPv4 address in another form'],
  ['64:ff9b:1::/48', 'an IPv4 address in another form'],
  ['100::/64', 'reserved'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['2002::/16', 'an IPv4 address in another form'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['ff00::/8', 'of many'],
] as const;

const closed = CLOSED.map(([range, kind]) => ({ list: listOf([range]), kind }));

/** `allowed`: ranges (`10.2.0.0/16`, `::1/128`) or single addresses that the administrator opened. */
export function addressRules(allowed: readonly string[]): AddressRules {
  const open = listOf(allowed);
  return {
    refuses(address) {
      const plain = unmapped(address);
      const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
      if (isIP(plain) === 0) return 'not an address';
      if (open.check(plain, family)) return undefined;
      return closed.find(({ list }) => list.check(plain, family))?.kind;
    },
  };
}

/** Reads what an administrator writes. */
export function parseAddressRange(text: string): Result<string> {
  const [address = '', bits] = text.split('/');
  const width = isIP(address) === 6 ? 128 : 32;
  const isBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width);
  if (isIP(address) === 0 || address.includes('%') || !isBits)
    return err(`"${text}" is not an address or range such as 10.2.0.0/16.`);
  return ok(text);
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

/** `::ffff:127.0.0.1` and `::ffff:7f00:1` reach 127.0.0.1. */
function unmapped(address: string): string {
  const inner = /^(?:0{0,4}:){0,5}:?ffff:(.+)$/i.exec(address)?.[1];
  if (inner === undefined || isIP(address) !== 6) return address;
  if (isIP(inner) === 4) return inner;
  const words = inner.split(':').map((word) => Number.parseInt(word, 16));
  const [high, low] = words;
  if (words.length !== 2 || high === undefined || low === undefined) return address;
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
