import type { SocketEnds } from './descriptor.ts';
import type { SocketAddress } from './event.ts';
import { AF_INET, AF_INET6, AF_UNIX } from './families.ts';

/** A `sockaddr` as a program gave it to a call; `undefined` for families that have no address we tell. */
export function readSocketAddress(bytes: Buffer, at: number, length: number): SocketAddress | undefined {
  if (length < 2) return undefined;
  const family = bytes.readUInt16LE(at);
  if (family === AF_UNIX) return { family, ip: unixPath(bytes, at + 2, at + length), port: 0 };
  if (family === AF_INET && length >= 8) {
    return { family, ip: formatIpv4(bytes, at + 4), port: bytes.readUInt16BE(at + 2) };
  }
  if (family === AF_INET6 && length >= 24) return ipv6Address(bytes, at + 8, bytes.readUInt16BE(at + 2));
  return { family, ip: '', port: 0 };
}

/** `struct socket_ends` of record.h. */
export function readSocketEnds(
  bytes: Buffer,
  at: number,
): SocketEnds & { readonly type: number; readonly protocol: number; readonly family: number } {
  const family = bytes.readUInt16LE(at);
  const localPort = bytes.readUInt16LE(at + 6);
  const remotePort = bytes.readUInt16LE(at + 8);
  const end = (start: number, port: number): SocketAddress | undefined => {
    if (family === AF_INET) return { family, ip: formatIpv4(bytes, start), port };
    return family === AF_INET6 ? ipv6Address(bytes, start, port) : undefined;
  };
  const remote = end(at + 28, remotePort);
  return {
    family,
    type: bytes.readUInt16LE(at + 2),
    protocol: bytes.readUInt16LE(at + 4),
    local: end(at + 12, localPort),
    remote: remotePort === 0 ? undefined : remote,
  };
}

/** IPv4 in IPv6's clothes is IPv4: that is what goes over the wire, and what rules are written for. */
function ipv6Address(bytes: Buffer, at: number, port: number): SocketAddress {
  if (isMapped(bytes, at)) return { family: AF_INET, ip: formatIpv4(bytes, at + 12), port };
  return { family: AF_INET6, ip: formatIpv6(bytes, at), port };
}

function isMapped(bytes: Buffer, at: number): boolean {
  for (let i = 0; i < 10; i++) if (bytes[at + i] !== 0) return false;
  return bytes[at + 10] === 0xff && bytes[at + 11] === 0xff;
}

function formatIpv4(bytes: Buffer, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** As RFC 5952 has it: the longest run of zeros becomes `::`. */
export function formatIpv6(bytes: Buffer, at: number): string {
  const groups: number[] = [];
  for (let i = 0; i < 8; i++) groups.push(bytes.readUInt16BE(at + 2 * i));
  let best = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > bestLength) {
      best = start;
      bestLength = length;
    }
  }
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (best < 0) return hex(groups);
  return `${hex(groups.slice(0, best))}::${hex(groups.slice(best + bestLength))}`;
}

/** An abstract name begins with a zero byte, which is written as `@`. */
function unixPath(bytes: Buffer, start: number, end: number): string {
  if (start >= end) return '';
  if (bytes[start] === 0) {
    let last = end;
    while (last > start + 1 && bytes[last - 1] === 0) last--;
    return last === start + 1 ? '' : `@${bytes.toString('utf8', start + 1, last)}`;
  }
  const zero = bytes.indexOf(0, start);
  return bytes.toString('utf8', start, zero < 0 || zero > end ? end : zero);
}
