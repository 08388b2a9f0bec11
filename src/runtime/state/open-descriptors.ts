import type { DescriptorKind } from '../descriptor.ts';
import type { SensorEvent, SocketAddress } from '../event.ts';
import { AF_INET, AF_INET6, AF_NETLINK, AF_UNIX } from '../families.ts';
import type { OpenDescriptor } from './descriptor-table.ts';

const O_DIRECTORY = 0o200000;
const O_CLOEXEC = 0o2000000;
const S_IFSOCK = 0xc000;
const S_IFDIR = 0x4000;
const S_IFIFO = 0x1000;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_TYPES = 0xf;
const IPPROTO_ICMP = 1;
const IPPROTO_ICMPV6 = 58;
const EINPROGRESS = -115;

/** A descriptor that only its kind and name are known of. */
export function plainDescriptor(number: number, kind: DescriptorKind, name: string | undefined): OpenDescriptor {
  return {
    number,
    kind,
    name,
    nameRaw: name,
    openFlags: 0,
    protocol: undefined,
    domain: undefined,
    local: undefined,
    remote: undefined,
    role: undefined,
    connected: false,
    listening: false,
    closeOnExec: false,
  };
}

/** What an open call has made, or would have. An entry that says the same already is given back as it is. */
export function openedFile(
  event: SensorEvent,
  path: string | undefined,
  known: OpenDescriptor | undefined,
): OpenDescriptor {
  const number = event.fd ?? -1;
  const openFlags = event.flags ?? 0;
  if (known !== undefined && known.name === path && known.openFlags === openFlags) return known;
  return {
    number,
    kind: (openFlags & O_DIRECTORY) !== 0 || event.fdMode === S_IFDIR ? 'directory' : 'file',
    name: path,
    nameRaw: event.path,
    openFlags,
    protocol: undefined,
    domain: undefined,
    local: undefined,
    remote: undefined,
    role: undefined,
    connected: false,
    listening: false,
    closeOnExec: (openFlags & O_CLOEXEC) !== 0,
  };
}

/** A socket after a call on it: what the table knows, corrected by what the kernel says. */
export function socketAfter(event: SensorEvent, known: OpenDescriptor | undefined): OpenDescriptor {
  const number = event.fd ?? -1;
  const before = known !== undefined && isSocket(known) ? known : undefined;
  const domain = event.domain ?? event.address?.family ?? before?.domain;
  const remote = remoteAfter(event, before);
  const local = event.socket?.local ?? (event.type === 'bind' ? event.address : before?.local);
  const listening = event.type === 'listen' || (before?.listening ?? false);
  const role = roleAfter(event, before);
  const changed = {
    kind: socketKind(remote?.family ?? local?.family ?? domain),
    name: socketName(local, remote, role),
    connected: connectedAfter(event, before),
  };
  if (
    before &&
    before.name === changed.name &&
    before.connected === changed.connected &&
    before.listening === listening
  ) {
    return before;
  }
  return {
    number,
    ...changed,
    nameRaw: changed.name,
    openFlags: 0,
    protocol: protocolOf(domain, event.socketType, event.protocol) ?? before?.protocol,
    domain,
    local,
    remote,
    role,
    listening,
    closeOnExec: before?.closeOnExec ?? ((event.socketType ?? event.flags ?? 0) & O_CLOEXEC) !== 0,
  };
}

function isSocket({ kind, domain }: OpenDescriptor): boolean {
  return domain !== undefined || kind === 'ipv4' || kind === 'ipv6' || kind === 'unix';
}

function remoteAfter(event: SensorEvent, before: OpenDescriptor | undefined): SocketAddress | undefined {
  if (event.type === 'bind' || event.type === 'listen') return before?.remote;
  return event.socket?.remote ?? event.address ?? before?.remote;
}

function roleAfter(event: SensorEvent, before: OpenDescriptor | undefined): 'client' | 'server' | undefined {
  if (event.type === 'accept' || event.type === 'accept4' || event.type === 'listen') return 'server';
  if (event.type === 'connect') return 'client';
  if (before?.role) return before.role;
  if (event.type.startsWith('recv')) return 'server';
  return event.type.startsWith('send') ? 'client' : undefined;
}

function connectedAfter(event: SensorEvent, before: OpenDescriptor | undefined): boolean {
  if (event.type === 'connect') return event.result >= 0 || event.result === EINPROGRESS;
  if (event.type === 'accept' || event.type === 'accept4') return true;
  return before?.connected ?? event.socket?.remote !== undefined;
}

function socketKind(family: number | undefined): DescriptorKind {
  if (family === AF_INET) return 'ipv4';
  if (family === AF_INET6) return 'ipv6';
  if (family === AF_UNIX) return 'unix';
  return family === AF_NETLINK ? 'netlink' : 'other';
}

function protocolOf(
  domain: number | undefined,
  socketType: number | undefined,
  protocol: number | undefined,
): 'tcp' | 'udp' | 'icmp' | 'raw' | undefined {
  if ((domain !== AF_INET && domain !== AF_INET6) || socketType === undefined) return undefined;
  if (protocol === IPPROTO_ICMP || protocol === IPPROTO_ICMPV6) return 'icmp';
  if ((socketType & SOCK_TYPES) === SOCK_STREAM) return 'tcp';
  return (socketType & SOCK_TYPES) === SOCK_DGRAM ? 'udp' : 'raw';
}

/** `client->server`, as both ends are known; one end alone stands for itself. */
function socketName(
  local: SocketAddress | undefined,
  remote: SocketAddress | undefined,
  role: 'client' | 'server' | undefined,
): string | undefined {
  if (remote?.family === AF_UNIX) return remote.ip || undefined;
  if (remote === undefined) return local === undefined || local.port === 0 ? undefined : endName(local);
  const near = local === undefined ? '0.0.0.0:0' : endName(local);
  return role === 'server' ? `${endName(remote)}->${near}` : `${near}->${endName(remote)}`;
}

function endName({ family, ip, port }: SocketAddress): string {
  return family === AF_INET6 ? `[${ip}]:${port}` : family === AF_UNIX ? ip : `${ip}:${port}`;
}

/** What a descriptor is that the table does not know, by the type bits that the kernel gave. */
export function unknownDescriptor(event: SensorEvent): OpenDescriptor | undefined {
  const number = event.fd ?? -1;
  if (event.fdMode === S_IFSOCK) return socketAfter(event, undefined);
  if (event.fdMode === undefined) return undefined;
  const kind = event.fdMode === S_IFIFO ? 'pipe' : event.fdMode === S_IFDIR ? 'directory' : 'file';
  return plainDescriptor(number, kind, undefined);
}

/** Whether an entry can still be what the kernel says that the number is open on: closing is not followed, so it may be an old one. */
export function isStillTrue(known: OpenDescriptor, fdMode: number | undefined): boolean {
  if (fdMode === undefined) return true;
  if (fdMode === S_IFSOCK) return isSocket(known);
  if (fdMode === S_IFIFO) return known.kind === 'pipe' || known.kind === 'file';
  return !isSocket(known) && known.kind !== 'pipe';
}
