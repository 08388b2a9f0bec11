import { formatIpv6 } from '../addresses.ts';
import type { DnsMessage } from '../event.ts';

const HEADER_BYTES = 12;
const MAX_NAME_BYTES = 255;
const MAX_JUMPS = 16;
const MAX_ANSWERS = 32;
const types: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
  [255, 'ANY'],
]);

/** Reads a DNS message (RFC 1035): the first question and the addresses of the answer. `undefined` when it is none. */
export function parseDns(bytes: Uint8Array, overTcp = false): DnsMessage | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = overTcp ? 2 : 0;
  if (view.length < start + HEADER_BYTES) return undefined;
  const flags = view.readUInt16BE(start + 2);
  const questions = view.readUInt16BE(start + 4);
  const opcode = (flags >> 11) & 15;
  if (questions !== 1 || opcode !== 0 || (flags & 0x40) !== 0) return undefined;
  const message = view.subarray(start);
  const question = readName(message, HEADER_BYTES);
  if (question === undefined || question.next + 4 > message.length) return undefined;
  const type = message.readUInt16BE(question.next);
  const response = (flags & 0x8000) !== 0;
  return {
    response,
    name: question.name,
    type: types.get(type) ?? `TYPE${type}`,
    code: flags & 15,
    addresses: response ? readAddresses(message, question.next + 4) : [],
  };
}

function readName(message: Buffer, start: number): { readonly name: string; readonly next: number } | undefined {
  const labels: string[] = [];
  let at = start;
  let next: number | undefined;
  let total = 0;
  for (let jumps = 0; jumps <= MAX_JUMPS; ) {
    const length = message[at];
    if (length === undefined) return undefined;
    if (length === 0) return { name: labels.join('.').toLowerCase(), next: next ?? at + 1 };
    if ((length & 0xc0) === 0xc0) {
      if (at + 1 >= message.length) return undefined;
      next ??= at + 2;
      at = message.readUInt16BE(at) & 0x3fff;
      jumps++;
      continue;
    }
    total += length + 1;
    if (length > 63 || total > MAX_NAME_BYTES || at + 1 + length > message.length) return undefined;
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return undefined;
}

/** What was cut off, or cannot be read, ends the list: the addresses before it stand. */
function readAddresses(message: Buffer, start: number): string[] {
  const addresses: string[] = [];
  const answers = Math.min(message.readUInt16BE(6), MAX_ANSWERS);
  let at = start;
  for (let i = 0; i < answers; i++) {
    const name = readName(message, at);
    if (name === undefined || name.next + 10 > message.length) break;
    const type = message.readUInt16BE(name.next);
    const length = message.readUInt16BE(name.next + 8);
    const data = name.next + 10;
    if (data + length > message.length) break;
    if (type === 1 && length === 4) addresses.push(Array.from(message.subarray(data, data + 4)).join('.'));
    if (type === 28 && length === 16) addresses.push(formatIpv6(message, data));
    at = data + length;
  }
  return addresses;
}

const MAX_ADDRESSES = 8192;
const MAX_NAMES = 8;

/** Which names led to an address, from the answers that were seen. The oldest go when there are too many. */
export class NamesByAddress {
  readonly #names = new Map<string, string[]>();
  evicted = 0;

  add({ name, addresses }: DnsMessage): void {
    for (const address of addresses) {
      const names = this.#names.get(address) ?? [];
      this.#names.delete(address);
      this.#names.set(address, [name, ...names.filter((other) => other !== name)].slice(0, MAX_NAMES));
    }
    for (const oldest of this.#names.keys()) {
      if (this.#names.size <= MAX_ADDRESSES) break;
      this.#names.delete(oldest);
      this.evicted++;
    }
  }

  of(address: string): readonly string[] {
    return this.#names.get(address) ?? [];
  }
}
