import { isIPv4, isIPv6 } from 'node:net';

/** Addresses from the first to the last, both included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** `10.0.0.0/8`, `2001:db8::/32`; undefined for what is no block. Bits behind the prefix are cleared, as everybody does who applies one. */
export function parseBlock(text: string): AddressRange | undefined {
  const [address = '', bits, ...more] = text.split('/');
  if (bits === undefined || more.length > 0 || !/^\d{1,3}$/.test(bits)) return undefined;
  const parsed = parseAddress(address);
  const width = parsed?.family === 6 ? 128 : 32;
  if (parsed === undefined || Number(bits) > width) return undefined;
  const size = 1n << BigInt(width - Number(bits));
  const first = (parsed.value / size) * size;
  return { family: parsed.family, first, last: first + size - 1n };
}

export function parseAddress(text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined {
  if (isIPv4(text)) return { family: 4, value: joined(text.split('.').map(Number), 8n) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  return { family: 6, value: joined(groupsOf(text), 16n) };
}

/** The eight groups; `::` fills up, and the last two may be written as an IPv4 address. */
function groupsOf(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const before = groupsIn(head);
  if (tail === undefined) return before;
  const behind = groupsIn(tail);
  return [...before, ...Array<number>(8 - before.length - behind.length).fill(0), ...behind];
}

function groupsIn(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function joined(groups: readonly number[], bits: bigint): bigint {
  return groups.reduce((value, group) => (value << bits) | BigInt(group), 0n);
}

export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

const everyAddress: readonly AddressRange[] = [
  { family: 4, first: 0n, last: (1n << 32n) - 1n },
  { family: 6, first: 0n, last: (1n << 128n) - 1n },
];

/** All addresses, cut at the ends of the blocks: within one of the parts no block tells two addresses apart. */
export function partition(blocks: readonly AddressRange[]): readonly AddressRange[] {
  return everyAddress.flatMap(({ family, first, last }) => {
    const own = blocks.filter((block) => block.family === family);
    const cuts = new Set([first, ...own.flatMap((block) => [block.first, block.last + 1n])]);
    const starts = [...cuts].filter((cut) => cut <= last).sort((a, b) => (a < b ? -1 : 1));
    return starts.map((start, index) => ({ family, first: start, last: (starts[index + 1] ?? last + 1n) - 1n }));
  });
}

/** `10.0.0.0-10.255.255.255`; the address alone where it is one. */
export function describeRange({ family, first, last }: AddressRange): string {
  const from = describeAddress(family, first);
  return first === last ? from : `${from}-${describeAddress(family, last)}`;
}

function describeAddress(family: 4 | 6, value: bigint): string {
  const [count, bits, radix, separator] = family === 4 ? [4, 8n, 10, '.'] : [8, 16n, 16, ':'];
  const mask = (1n << bits) - 1n;
  return Array.from({ length: count }, (_, index) =>
    ((value >> (bits * BigInt(count - 1 - index))) & mask).toString(radix),
  ).join(separator);
}
