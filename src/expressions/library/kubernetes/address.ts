import { EvaluationFault, Opaque } from '../../values/value.ts';

/** An IP address as a number. */
export class Address extends Opaque {
  readonly typeName = 'net.IP';
  readonly family: 4 | 6;
  readonly bits: bigint;
  constructor(family: 4 | 6, bits: bigint) {
    super();
    this.family = family;
    this.bits = bits;
  }
  equals(other: Opaque): boolean {
    return other instanceof Address && other.family === this.family && other.bits === this.bits;
  }
  override toString(): string {
    return this.family === 4 ? dotted(this.bits) : colons(this.bits);
  }
}

/** A range of addresses: an address and how many of its bits count. */
export class Network extends Opaque {
  readonly typeName = 'net.CIDR';
  readonly address: Address;
  readonly length: number;
  constructor(address: Address, length: number) {
    super();
    this.address = address;
    this.length = length;
  }
  equals(other: Opaque): boolean {
    return other instanceof Network && other.length === this.length && other.address.equals(this.address);
  }
  get masked(): Network {
    const { family, bits } = this.address;
    const rest = BigInt(widthOf(family) - this.length);
    return new Network(new Address(family, (bits >> rest) << rest), this.length);
  }
  contains({ family, bits }: Address): boolean {
    const rest = BigInt(widthOf(this.address.family) - this.length);
    return family === this.address.family && bits >> rest === this.address.bits >> rest;
  }
  override toString(): string {
    return `${this.address.toString()}/${this.length}`;
  }
}

function widthOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** Zones and IPv4 within IPv6 are not read, as an API server does not. */
export function parseAddress(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  if (!text.includes(':')) {
    const bits = parseDotted(text);
    return bits === undefined ? undefined : new Address(4, bits);
  }
  const bits = parseColons(text);
  const isMapped = bits !== undefined && bits >> 32n === 0xffffn;
  return bits === undefined || isMapped ? undefined : new Address(6, bits);
}

function parseDotted(text: string): bigint | undefined {
  const parts = text.split('.');
  const isPlain =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
  return isPlain ? parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n) : undefined;
}

function parseColons(text: string): bigint | undefined {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...new Array<bigint>(missing).fill(0n), ...right];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

function groupsOf(text: string): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1 && part.includes('.') ? parseDotted(part) : undefined;
    if (last !== undefined) groups.push(last >> 16n, last & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

export function parseNetwork(text: string): Network | undefined {
  const [, place = '', length = ''] = /^([^/]{1,45})\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const address = parseAddress(place);
  if (address === undefined || Number(length) > widthOf(address.family)) return undefined;
  return new Network(address, Number(length));
}

export function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new EvaluationFault(`IP Address ${JSON.stringify(text.slice(0, 50))} parse error`);
  return address;
}

export function networkOf(text: string): Network {
  const network = parseNetwork(text);
  if (network === undefined)
    throw new EvaluationFault(`network address parse error: ${JSON.stringify(text.slice(0, 50))} is no CIDR`);
  return network;
}

function dotted(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((by) => String((bits >> by) & 0xffn)).join('.');
}

/** RFC 5952: small letters, the first longest run of two or more zero groups left out. */
function colons(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_none, index) => (bits >> BigInt(112 - index * 16)) & 0xffffn);
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0n) length += 1;
    if (length > best.length) best = { start, length };
  }
  const show = (part: readonly bigint[]): string => part.map((group) => group.toString(16)).join(':');
  if (best.length < 2) return show(groups);
  return `${show(groups.slice(0, best.start))}::${show(groups.slice(best.start + best.length))}`;
}
