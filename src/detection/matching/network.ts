import { BlockList, isIP, SocketAddress } from 'node:net';
import { err, ok, type Result } from '#foundation/index.ts';

/** An address in the one form in which addresses are compared. */
export function canonicalAddress(text: string): Result<string> {
  const family = isIP(text);
  if (family === 0) return err(`${JSON.stringify(text)} is no IP address`);
  return ok(family === 4 ? text : new SocketAddress({ address: text, family: 'ipv6' }).address);
}

const REMEMBERED = 10_000;

/** Whether an address is in a network such as `10.0.0.0/8`. The same few addresses are asked again and again. */
export function networkMatcher(network: string): Result<(address: string) => boolean> {
  const [address = '', prefix = ''] = network.split('/');
  const family = isIP(address);
  const bits = Number(prefix);
  if (family === 0 || !/^\d{1,3}$/.test(prefix) || bits > (family === 4 ? 32 : 128))
    return err(`${JSON.stringify(network)} is no network such as 10.0.0.0/8`);
  const list = new BlockList();
  list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  const known = new Map<string, boolean>();
  return ok((asked) => {
    const before = known.get(asked);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const answer = isInside(list, asked, family);
    known.set(asked, answer);
    return answer;
  });
}

function isInside(list: BlockList, address: string, family: number): boolean {
  const plain = family === 4 && address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address;
  return isIP(plain) === family && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}
