import { asText, memberOf } from '#foundation/documents/index.ts';
import { selectsLabels } from '#model/index.ts';
import { type AddressRange, contains } from './addresses.ts';
import type { Endpoint, Peer } from './endpoint.ts';
import { Ports, type Protocol } from './ports.ts';

export type Direction = 'ingress' | 'egress';

/** Whom a rule is about. */
export type PeerSelector =
  /** A selector that is missing takes all: `namespaces` of a policy of one namespace is set to that by whoever reads it. */
  | { readonly kind: 'pods'; readonly namespace?: string; readonly namespaces?: unknown; readonly pods?: unknown }
  | { readonly kind: 'addresses'; readonly block: AddressRange; readonly except: readonly AddressRange[] };

export type PortSelector =
  | { readonly kind: 'numbers'; readonly ports: Ports }
  | { readonly kind: 'name'; readonly name: string; readonly protocol?: Protocol };

export interface Rule {
  /** Undefined: everybody. */
  readonly peers: readonly PeerSelector[] | undefined;
  /** Undefined: every port. */
  readonly ports: readonly PortSelector[] | undefined;
}

/**
 * What the rule is about between two sides; which ports a name stands for is told by who is connected to. A block of addresses is taken to
 * be of what is outside: the addresses of pods are not known before they run.
 */
export function portsOf({ peers, ports }: Rule, peer: Peer, target: Peer): Ports {
  if (peers !== undefined && !peers.some((selector) => isSelected(selector, peer))) return Ports.none;
  if (ports === undefined) return Ports.all;
  return ports.map((one) => numbersOf(one, target)).reduce((all, one) => all.or(one), Ports.none);
}

function isSelected(selector: PeerSelector, peer: Peer): boolean {
  if (selector.kind === 'addresses')
    return (
      peer.kind === 'addresses' &&
      contains(selector.block, peer.range) &&
      !selector.except.some((block) => contains(block, peer.range))
    );
  return peer.kind === 'pods' && !peer.endpoint.isOnHostNetwork && selectsEndpoint(selector, peer.endpoint);
}

export function selectsEndpoint(
  { namespace, namespaces, pods }: Omit<Extract<PeerSelector, { kind: 'pods' }>, 'kind'>,
  endpoint: Endpoint,
): boolean {
  return (
    (namespace === undefined || namespace === endpoint.namespace) &&
    (namespaces === undefined || selectsLabels(namespaces, endpoint.namespaceLabels)) &&
    (pods === undefined || selectsLabels(pods, endpoint.labels))
  );
}

function numbersOf(selector: PortSelector, target: Peer): Ports {
  if (selector.kind === 'numbers') return selector.ports;
  if (target.kind === 'addresses') return Ports.none;
  return target.endpoint.ports
    .filter(({ name, protocol }) => name === selector.name && protocol === (selector.protocol ?? protocol))
    .map(({ protocol, port }) => Ports.of(protocol, port, port))
    .reduce((all, one) => all.or(one), Ports.none);
}

export function protocolOf(value: unknown): Protocol {
  return value === 'UDP' || value === 'SCTP' ? value : 'TCP';
}

/** A whole number, also where the reader of the document made a `bigint` of it. */
export function portNumberOf(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 65_535 ? number : undefined;
}

export function listIn(value: unknown, member: string): readonly unknown[] | undefined {
  const list = memberOf(value, member);
  return Array.isArray(list) ? list : undefined;
}

/** Undefined where it is missing or `null`. */
export function selectorIn(value: unknown, member: string): unknown {
  return memberOf(value, member) ?? undefined;
}

export function nameIn(object: unknown): string {
  return asText(memberOf(memberOf(object, 'metadata'), 'name')) ?? '';
}
