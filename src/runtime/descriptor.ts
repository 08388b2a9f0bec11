import type { SocketAddress } from './event.ts';

/** Both ends of a socket. */
export interface SocketEnds {
  readonly local: SocketAddress | undefined;
  readonly remote: SocketAddress | undefined;
}

/** What a process holds open under a number. */
export interface Descriptor {
  readonly number: number;
  /** By Falco's letters: file f, directory d, IPv4 4, IPv6 6, unix u, pipe p, event e, signalfd s, eventpoll l, inotify i, timerfd t, memfd m, netlink n, packet and others o. */
  readonly kind: DescriptorKind;
  /** Absolute path, or the ends of a socket; `undefined` when only the kind is known. */
  readonly name: string | undefined;
  /** The path as it was given. */
  readonly nameRaw: string | undefined;
  readonly openFlags: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'raw' | undefined;
  readonly domain: number | undefined;
  readonly local: SocketAddress | undefined;
  readonly remote: SocketAddress | undefined;
  /** `client`: this process connected; `server`: it accepted. */
  readonly role: 'client' | 'server' | undefined;
  readonly connected: boolean;
  readonly listening: boolean;
}

export type DescriptorKind =
  | 'file'
  | 'directory'
  | 'ipv4'
  | 'ipv6'
  | 'unix'
  | 'pipe'
  | 'event'
  | 'signalfd'
  | 'eventpoll'
  | 'inotify'
  | 'timerfd'
  | 'memfd'
  | 'netlink'
  | 'other';
