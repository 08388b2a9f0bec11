import type { Setting } from './setting.ts';

/** A port of the host that leads into a service. */
export interface PublishedPort {
  /** Of the interface that it is open on; empty when it is open on all of them. */
  readonly hostIp: string;
  /** The first and last port of the host; absent when the engine chooses one. */
  readonly published?: PortRange;
  readonly target?: PortRange;
  readonly at: Setting;
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Undefined for what is no port, or is not known from here. */
export function publishedPortOf(port: Setting): PublishedPort | undefined {
  return port.at('target') ? longPort(port) : shortPort(port);
}

function longPort(port: Setting): PublishedPort {
  const published = rangeOf(port.at('published')?.text);
  const target = rangeOf(port.at('target')?.text);
  return {
    hostIp: port.at('host_ip')?.text ?? '',
    ...(published && { published }),
    ...(target && { target }),
    at: port,
  };
}

/** `[[HOST_IP:][PUBLISHED]:]TARGET[/PROTOCOL]`, with an IPv6 address in brackets. */
function shortPort(port: Setting): PublishedPort | undefined {
  const [ports = ''] = port.text.split('/');
  const bracketed = /^\[([0-9A-Fa-f:.]{2,45})\]:/.exec(ports);
  const rest = bracketed ? ports.slice(bracketed[0].length) : ports;
  const parts = rest.split(':');
  const target = rangeOf(parts.at(-1));
  if (target === undefined || parts.length > 3) return undefined;
  const published = parts.length > 1 ? rangeOf(parts.at(-2)) : undefined;
  const hostIp = bracketed?.[1] ?? (parts.length > 2 ? parts[0] : '') ?? '';
  return { hostIp, ...(published && { published }), target, at: port };
}

function rangeOf(text: string | undefined): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? '');
  if (!match) return undefined;
  const first = Number(match[1]);
  return { first, last: match[2] === undefined ? first : Number(match[2]) };
}

export function isOnAllInterfaces({ hostIp }: PublishedPort): boolean {
  return hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::';
}

export function holds(range: PortRange | undefined, port: number): boolean {
  return range !== undefined && range.first <= port && port <= range.last;
}
