import { asText, memberOf, textsOf } from '#foundation/documents/index.ts';
import { parseBlock } from './addresses.ts';
import type { Endpoint } from './endpoint.ts';
import { Ports } from './ports.ts';
import {
  type Direction,
  listIn,
  nameIn,
  type PeerSelector,
  type PortSelector,
  portNumberOf,
  protocolOf,
  type Rule,
  selectorIn,
  selectsEndpoint,
} from './rule.ts';

/** A `NetworkPolicy` of networking.k8s.io/v1. */
export interface NetworkPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly pods: unknown;
  /** Rules by the direction that it limits; a direction that is missing is left alone. */
  readonly rules: ReadonlyMap<Direction, readonly Rule[]>;
  /** The object that it was read from. */
  readonly object: unknown;
}

/** @param defaultNamespace of a policy that names none */
export function networkPolicyOf(object: unknown, defaultNamespace: string): NetworkPolicy | undefined {
  const apiVersion = asText(memberOf(object, 'apiVersion')) ?? '';
  if (memberOf(object, 'kind') !== 'NetworkPolicy' || !/^(?:networking\.k8s\.io|extensions)\//.test(apiVersion))
    return undefined;
  const namespace = asText(memberOf(memberOf(object, 'metadata'), 'namespace')) || defaultNamespace;
  const spec = memberOf(object, 'spec');
  const rules = directionsOf(spec).map((direction): [Direction, Rule[]] => [
    direction,
    (listIn(spec, direction) ?? []).map((rule) => ruleOf(rule, direction, namespace)),
  ]);
  return {
    name: nameIn(object),
    namespace,
    pods: selectorIn(spec, 'podSelector') ?? {},
    rules: new Map(rules),
    object,
  };
}

/** Without types a policy is about ingress, and about egress when it has rules for it. */
function directionsOf(spec: unknown): Direction[] {
  const types = textsOf(memberOf(spec, 'policyTypes'));
  const egress = listIn(spec, 'egress') ?? [];
  const named = types.length > 0 ? types : ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])];
  return (['ingress', 'egress'] as const).filter((one) => named.some((type) => type.toLowerCase() === one));
}

function ruleOf(rule: unknown, direction: Direction, namespace: string): Rule {
  const peers = listIn(rule, direction === 'ingress' ? 'from' : 'to') ?? [];
  const ports = listIn(rule, 'ports') ?? [];
  return {
    peers: peers.length === 0 ? undefined : peers.flatMap((peer) => peerOf(peer, namespace) ?? []),
    ports: ports.length === 0 ? undefined : ports.flatMap((port) => portOf(port) ?? []),
  };
}

function peerOf(peer: unknown, namespace: string): PeerSelector | undefined {
  const block = memberOf(peer, 'ipBlock');
  const pods = selectorIn(peer, 'podSelector');
  const namespaces = selectorIn(peer, 'namespaceSelector');
  if (block) return blockOf(block);
  if (pods === undefined && namespaces === undefined) return undefined;
  return {
    kind: 'pods',
    ...(namespaces === undefined ? { namespace } : { namespaces }),
    ...(pods !== undefined && { pods }),
  };
}

function blockOf(block: unknown): PeerSelector | undefined {
  const range = parseBlock(asText(memberOf(block, 'cidr')) ?? '');
  const except = textsOf(memberOf(block, 'except')).flatMap((text) => parseBlock(text) ?? []);
  return range && { kind: 'addresses', block: range, except };
}

function portOf(value: unknown): PortSelector | undefined {
  const protocol = protocolOf(memberOf(value, 'protocol'));
  const written = memberOf(value, 'port') ?? undefined;
  if (written === undefined) return { kind: 'numbers', ports: Ports.of(protocol) };
  const port = portNumberOf(written);
  if (port !== undefined) {
    const last = portNumberOf(memberOf(value, 'endPort')) ?? port;
    return { kind: 'numbers', ports: Ports.of(protocol, port, last) };
  }
  return typeof written === 'string' ? { kind: 'name', name: written, protocol } : undefined;
}

export function governs({ namespace, pods }: NetworkPolicy, endpoint: Endpoint): boolean {
  return !endpoint.isOnHostNetwork && selectsEndpoint({ namespace, pods }, endpoint);
}
