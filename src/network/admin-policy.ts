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

/** An `AdminNetworkPolicy`, or the `BaselineAdminNetworkPolicy`, of policy.networking.k8s.io/v1alpha1. */
export interface AdminPolicy {
  readonly name: string;
  /** Before the policies of namespaces, or behind them for pods that none of these is about. */
  readonly tier: 'admin' | 'baseline';
  /** The lowest is asked first. */
  readonly priority: number;
  readonly subject: Omit<Extract<PeerSelector, { kind: 'pods' }>, 'kind'>;
  readonly rules: ReadonlyMap<Direction, readonly AdminRule[]>;
  readonly object: unknown;
}

export interface AdminRule extends Rule {
  /** The first rule that is about a connection decides; `Pass` leaves it to the policies of namespaces. */
  readonly action: 'Allow' | 'Deny' | 'Pass';
}

const TIERS: ReadonlyMap<unknown, AdminPolicy['tier']> = new Map([
  ['AdminNetworkPolicy', 'admin'],
  ['BaselineAdminNetworkPolicy', 'baseline'],
]);

export function adminPolicyOf(object: unknown): AdminPolicy | undefined {
  const tier = TIERS.get(memberOf(object, 'kind'));
  const apiVersion = asText(memberOf(object, 'apiVersion')) ?? '';
  if (tier === undefined || !apiVersion.startsWith('policy.networking.k8s.io/')) return undefined;
  const spec = memberOf(object, 'spec');
  const subject = podsIn(memberOf(spec, 'subject'));
  if (subject === undefined) return undefined;
  const priority = Number(memberOf(spec, 'priority') ?? 0);
  return { name: nameIn(object), tier, priority, subject, rules: rulesIn(spec), object };
}

function rulesIn(spec: unknown): ReadonlyMap<Direction, readonly AdminRule[]> {
  return new Map(
    (['ingress', 'egress'] as const).map((direction) => [
      direction,
      (listIn(spec, direction) ?? []).flatMap((rule) => ruleOf(rule, direction) ?? []),
    ]),
  );
}

function ruleOf(rule: unknown, direction: Direction): AdminRule | undefined {
  const action = memberOf(rule, 'action');
  if (action !== 'Allow' && action !== 'Deny' && action !== 'Pass') return undefined;
  const ports = listIn(rule, 'ports');
  return {
    action,
    peers: (listIn(rule, direction === 'ingress' ? 'from' : 'to') ?? []).flatMap(peersOf),
    ports: ports === undefined ? undefined : ports.flatMap((port) => portOf(port) ?? []),
  };
}

/** Nodes and names of domains are not known from manifests. */
function peersOf(peer: unknown): PeerSelector[] {
  const pods = podsIn(peer);
  if (pods !== undefined) return [{ kind: 'pods', ...pods }];
  return textsOf(memberOf(peer, 'networks')).flatMap((text) => {
    const block = parseBlock(text);
    return block === undefined ? [] : [{ kind: 'addresses', block, except: [] }];
  });
}

function podsIn(value: unknown): AdminPolicy['subject'] | undefined {
  const namespaces = selectorIn(value, 'namespaces');
  if (namespaces !== undefined) return { namespaces };
  const pods = selectorIn(value, 'pods');
  if (pods === undefined) return undefined;
  return { namespaces: selectorIn(pods, 'namespaceSelector') ?? {}, pods: selectorIn(pods, 'podSelector') ?? {} };
}

function portOf(value: unknown): PortSelector | undefined {
  const name = asText(memberOf(value, 'namedPort'));
  if (name !== undefined) return { kind: 'name', name };
  const number = memberOf(value, 'portNumber');
  const range = memberOf(value, 'portRange');
  const first = portNumberOf(memberOf(number, 'port') ?? memberOf(range, 'start'));
  const last = portNumberOf(memberOf(number, 'port') ?? memberOf(range, 'end'));
  if (first === undefined || last === undefined) return undefined;
  const protocol = protocolOf(memberOf(number, 'protocol') ?? memberOf(range, 'protocol'));
  return { kind: 'numbers', ports: Ports.of(protocol, first, last) };
}

export function isSubject({ subject }: AdminPolicy, endpoint: Endpoint): boolean {
  return !endpoint.isOnHostNetwork && selectsEndpoint(subject, endpoint);
}
