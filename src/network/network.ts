import { memberOf } from '#foundation/documents/index.ts';
import { type AddressRange, partition } from './addresses.ts';
import { type AdminPolicy, type AdminRule, adminPolicyOf, isSubject } from './admin-policy.ts';
import type { Endpoint, Peer } from './endpoint.ts';
import { LabelIndex } from './label-index.ts';
import { governs, type NetworkPolicy, networkPolicyOf } from './network-policy.ts';
import { Ports } from './ports.ts';
import { type Direction, portsOf, type Rule } from './rule.ts';

/** The policies of a cluster, as far as they are known, and what they let through. */
export class Network {
  readonly policies: readonly NetworkPolicy[];
  readonly adminPolicies: readonly AdminPolicy[];
  readonly #byObject: ReadonlyMap<unknown, NetworkPolicy>;
  readonly #byNamespace = new Map<string, LabelIndex<NetworkPolicy>>();

  /**
   * @param objects as parsed; those of other kinds are passed over
   * @param defaultNamespace of objects that name none
   */
  constructor(objects: Iterable<unknown>, defaultNamespace = 'default') {
    const policies: NetworkPolicy[] = [];
    const adminPolicies: AdminPolicy[] = [];
    for (const object of objects) {
      const policy = networkPolicyOf(object, defaultNamespace);
      const adminPolicy = adminPolicyOf(object);
      if (policy) policies.push(policy);
      if (adminPolicy) adminPolicies.push(adminPolicy);
    }
    this.policies = policies;
    this.adminPolicies = adminPolicies.sort((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
    this.#byObject = new Map(policies.map((policy) => [policy.object, policy]));
    for (const policy of policies) {
      const index = this.#byNamespace.get(policy.namespace) ?? new LabelIndex();
      index.add(policy, memberOf(policy.pods, 'matchLabels'));
      this.#byNamespace.set(policy.namespace, index);
    }
  }

  /** What was read from one of the objects. */
  policyFrom(object: unknown): NetworkPolicy | undefined {
    return this.#byObject.get(object);
  }

  /** The policies of its namespace that limit the direction for the pods. Where there is none, they are open to all. */
  policiesOf(endpoint: Endpoint, direction: Direction): readonly NetworkPolicy[] {
    const candidates = this.#byNamespace.get(endpoint.namespace)?.candidates(endpoint.labels) ?? [];
    return candidates.filter((policy) => policy.rules.has(direction) && governs(policy, endpoint));
  }

  /** Whether anything at all is decided about the direction for the pods. */
  isLimited(endpoint: Endpoint, direction: Direction): boolean {
    return (
      this.policiesOf(endpoint, direction).length > 0 ||
      this.adminPolicies.some((policy) => isSubject(policy, endpoint) && (policy.rules.get(direction) ?? []).length > 0)
    );
  }

  /** Ports on which a connection is let through on both of its sides. */
  between(from: Peer, to: Peer): Ports {
    const out = from.kind === 'pods' ? this.#allowed(from.endpoint, 'egress', to, to) : Ports.all;
    const into = to.kind === 'pods' ? this.#allowed(to.endpoint, 'ingress', from, to) : Ports.all;
    return out.and(into);
  }

  /** All addresses, in parts within which every policy treats all the same. */
  addressParts(): readonly AddressRange[] {
    return partition([...this.#blocks()]);
  }

  /** @param peer on the other side of what the policies of the endpoint are asked about; `target` is who is connected to */
  #allowed(endpoint: Endpoint, direction: Direction, peer: Peer, target: Peer): Ports {
    const asked = { direction, peer, target };
    const { allowed, left } = decide(this.#adminRules(endpoint, 'admin', direction), Ports.all, asked);
    const policies = this.policiesOf(endpoint, direction);
    if (policies.length > 0)
      return policies
        .flatMap(({ rules }) => rules.get(direction) ?? [])
        .map((rule: Rule) => portsOf(rule, peer, target).and(left))
        .reduce((all, one) => all.or(one), allowed);
    const baseline = decide(this.#adminRules(endpoint, 'baseline', direction), left, asked);
    return allowed.or(baseline.allowed).or(baseline.left);
  }

  #adminRules(endpoint: Endpoint, tier: AdminPolicy['tier'], direction: Direction): readonly AdminRule[] {
    return this.adminPolicies
      .filter((policy) => policy.tier === tier && isSubject(policy, endpoint))
      .flatMap(({ rules }) => rules.get(direction) ?? []);
  }

  *#blocks(): Iterable<AddressRange> {
    for (const { rules } of [...this.policies, ...this.adminPolicies])
      for (const list of rules.values())
        for (const { peers = [] } of list)
          for (const peer of peers) if (peer.kind === 'addresses') yield* [peer.block, ...peer.except];
  }
}

interface Asked {
  readonly direction: Direction;
  readonly peer: Peer;
  readonly target: Peer;
}

/** The first rule that is about a port decides it. `left`: what none decided, and what was passed on. */
function decide(rules: readonly AdminRule[], among: Ports, { peer, target }: Asked): { allowed: Ports; left: Ports } {
  let undecided = among;
  let allowed = Ports.none;
  let passed = Ports.none;
  for (const rule of rules) {
    const about = portsOf(rule, peer, target).and(undecided);
    undecided = undecided.without(about);
    if (rule.action === 'Allow') allowed = allowed.or(about);
    if (rule.action === 'Pass') passed = passed.or(about);
  }
  return { allowed, left: passed.or(undecided) };
}
