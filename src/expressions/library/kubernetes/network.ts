import { global, member, type Overload } from '../function.ts';
import { type Address, addressOf, type Network, networkOf, parseAddress, parseNetwork } from './address.ts';

const inside = (text: string) => {
  const network = networkOf(text);
  return (address: Address): boolean => network.contains(address);
};
const tests = (texts: readonly string[]) => {
  const networks = texts.map(inside);
  return (address: Address): boolean => networks.some((test) => test(address));
};
const isUnspecified = tests(['0.0.0.0/32', '::/128']);
const isLoopback = tests(['127.0.0.0/8', '::1/128']);
const isLinkLocalMulticast = tests(['224.0.0.0/24', 'ff02::/16']);
const isLinkLocalUnicast = tests(['169.254.0.0/16', 'fe80::/10']);
const isMulticast = tests(['224.0.0.0/4', 'ff00::/8', '255.255.255.255/32']);

function isGlobalUnicast(address: Address): boolean {
  return ![isUnspecified, isLoopback, isMulticast, isLinkLocalUnicast].some((test) => test(address));
}

const containsNetwork = (outer: Network, inner: Network): boolean =>
  outer.length <= inner.length && outer.contains(inner.masked.address);

export const networks: readonly Overload[] = [
  global('ip', 'string -> net.IP', addressOf),
  global('isIP', 'string -> bool', (text: string) => parseAddress(text) !== undefined),
  global('ip.isCanonical', 'string -> bool', (text: string) => addressOf(text).toString() === text),
  global('string', 'net.IP -> string', String),
  member('family', 'net.IP -> int', ({ family }: Address) => family),
  member('isUnspecified', 'net.IP -> bool', isUnspecified),
  member('isLoopback', 'net.IP -> bool', isLoopback),
  member('isLinkLocalMulticast', 'net.IP -> bool', isLinkLocalMulticast),
  member('isLinkLocalUnicast', 'net.IP -> bool', isLinkLocalUnicast),
  member('isGlobalUnicast', 'net.IP -> bool', isGlobalUnicast),
  global('cidr', 'string -> net.CIDR', networkOf),
  global('isCIDR', 'string -> bool', (text: string) => parseNetwork(text) !== undefined),
  global('string', 'net.CIDR -> string', String),
  member('containsIP', 'net.CIDR, net.IP -> bool', (network: Network, address: Address) => network.contains(address)),
  member('containsIP', 'net.CIDR, string -> bool', (network: Network, text: string) =>
    network.contains(addressOf(text)),
  ),
  member('containsCIDR', 'net.CIDR, net.CIDR -> bool', containsNetwork),
  member('containsCIDR', 'net.CIDR, string -> bool', (outer: Network, text: string) =>
    containsNetwork(outer, networkOf(text)),
  ),
  member('ip', 'net.CIDR -> net.IP', ({ address }: Network) => address),
  member('masked', 'net.CIDR -> net.CIDR', ({ masked }: Network) => masked),
  member('prefixLength', 'net.CIDR -> int', ({ length }: Network) => length),
];
