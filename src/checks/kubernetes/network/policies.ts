import { entriesOf } from '#foundation/documents/index.ts';
import { selectsLabels } from '#model/index.ts';
import { type AddressRange, contains, type Direction, parseAddress, parseBlock } from '#network/index.ts';
import type { Check, NotAnswered } from '../../check.ts';
import { type Found, objectCheck, workloadCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import { field, listAt, numberAt, textAt, textsAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';
import type { Workload } from '../workload.ts';
import { endpointOf, governedWorkloads } from './endpoints.ts';

const policy = (spec: string) =>
  manifest('networking.k8s.io/v1 NetworkPolicy web', `spec:\n  podSelector: {matchLabels: {app: web}}\n${spec}`);

const TO_DATABASE = '  egress:\n    - to: [{podSelector: {matchLabels: {app: db}}}]\n      ports: [{port: 5432}]\n';

const MEMBER = { ingress: 'from', egress: 'to' } as const;
const EVERYWHERE = new Set(['0.0.0.0/0', '::/0']);

/** Rules that let everything through: one without peers, or with a selector of all namespaces. */
function* openRules({ value }: KubernetesObject, direction: Direction): Iterable<Found> {
  for (const [index, rule] of listAt(value, 'spec', direction).entries()) {
    const peers = listAt(rule, MEMBER[direction]);
    if (direction === 'egress' && isNameService(rule)) continue;
    const everywhere = peers.some(takesEveryPod);
    if (peers.length > 0 && !everywhere) continue;
    const ports = listAt(rule, 'ports').length > 0 ? ' on some ports' : '';
    yield {
      path: ['spec', direction, index],
      message: `${direction} is open to every pod${peers.length === 0 ? ' and address' : ''}${ports}`,
    };
  }
}

function* openBlocks({ value }: KubernetesObject, direction: Direction): Iterable<Found> {
  for (const [index, rule] of listAt(value, 'spec', direction).entries()) {
    for (const [at, peer] of listAt(rule, MEMBER[direction]).entries()) {
      const cidr = textAt(peer, 'ipBlock', 'cidr') ?? '';
      if (!EVERYWHERE.has(cidr)) continue;
      yield {
        path: ['spec', direction, index, MEMBER[direction], at, 'ipBlock', 'cidr'],
        message: `${direction} is open to ${cidr}`,
      };
    }
  }
}

function takesEveryPod(peer: unknown): boolean {
  const pods = field(peer, 'podSelector') ?? {};
  return selectsLabels(field(peer, 'namespaceSelector'), {}) && selectsLabels(pods, {}) && isEmpty(pods);
}

function isEmpty(selector: unknown): boolean {
  return listAt(selector, 'matchExpressions').length === 0 && entriesOf(field(selector, 'matchLabels')).length === 0;
}

/** The usual rule for DNS names no peers: whoever answers names is not known beforehand. */
function isNameService(rule: unknown): boolean {
  const ports = listAt(rule, 'ports');
  return ports.length > 0 && ports.every((port) => NAME_SERVICE.has(String(field(port, 'port'))));
}

/** 5353 is that of OpenShift. */
const NAME_SERVICE = new Set(['53', '5353', 'dns', 'dns-tcp', 'domain']);

/** Where clouds hand the credentials of the node to whoever asks. */
const METADATA = ['169.254.169.254', 'fd00:ec2::254'].flatMap((text) => {
  const address = parseAddress(text);
  return address === undefined
    ? []
    : [{ text, range: { family: address.family, first: address.value, last: address.value } }];
});

function* reachesMetadata({ value }: KubernetesObject): Iterable<Found> {
  for (const [index, rule] of listAt(value, 'spec', 'egress').entries()) {
    if (!allowsHttp(rule)) continue;
    for (const [at, peer] of listAt(rule, 'to').entries()) {
      const reached = METADATA.find(({ range }) => holds(field(peer, 'ipBlock'), range));
      if (reached)
        yield { path: ['spec', 'egress', index, 'to', at, 'ipBlock'], message: `egress reaches ${reached.text}` };
    }
  }
}

function holds(block: unknown, range: AddressRange): boolean {
  const within = (text: string): boolean => {
    const parsed = parseBlock(text);
    return parsed !== undefined && contains(parsed, range);
  };
  return within(textAt(block, 'cidr') ?? '') && !textsAt(block, 'except').some(within);
}

function allowsHttp(rule: unknown): boolean {
  const ports = listAt(rule, 'ports');
  return (
    ports.length === 0 ||
    ports.some((port) => {
      const first = numberAt(port, 'port') ?? (field(port, 'port') === undefined ? 1 : 65_536);
      const last = numberAt(port, 'endPort') ?? (field(port, 'port') === undefined ? 65_535 : first);
      return (textAt(port, 'protocol') ?? 'TCP') === 'TCP' && first <= 80 && 80 <= last;
    })
  );
}

/** Where the manifests have workloads of the namespace, and nothing of which an operator may make others. */
function* selectsNothing(object: KubernetesObject): Iterable<Found> {
  const { manifests, namespace = '' } = object;
  const policy = manifests.network.policyFrom(object.value);
  if (policy === undefined || isEmpty(policy.pods) || policy.rules.size === 0) return;
  if (!manifests.workloads.has(namespace) || manifests.hasUnknownKinds(object.namespace)) return;
  if (!governedWorkloads(manifests).has(policy))
    yield {
      path: ['spec', 'podSelector'],
      message: 'no workload of its namespace among these manifests has the labels',
    };
}

/** Told at the first of the policies that limit the egress of a workload together. */
function* withoutNameService(object: KubernetesObject): Iterable<Found> {
  const { manifests } = object;
  const policy = manifests.network.policyFrom(object.value);
  if (policy === undefined || !policy.rules.has('egress')) return;
  for (const workload of governedWorkloads(manifests).get(policy) ?? []) {
    const together = manifests.network.policiesOf(endpointOf(workload), 'egress');
    if (together[0] !== policy) continue;
    const rules = together.flatMap(({ object: written }) => listAt(written, 'spec', 'egress'));
    if (rules.length === 0 || rules.some(letsNamesBeAsked)) continue;
    const { kind, name } = workload.object;
    yield { path: ['spec', 'egress'], message: `${kind} ${name} may connect to others, but not ask for their names` };
    return;
  }
}

/** To everybody, to addresses or to the pods of the name service; or on its port, to whomever. */
function letsNamesBeAsked(rule: unknown): boolean {
  const ports = listAt(rule, 'ports');
  const onPort = ports.some((port) => {
    const last = numberAt(port, 'endPort');
    const first = numberAt(port, 'port') ?? 0;
    const named = NAME_SERVICE.has(String(field(port, 'port')));
    return (
      textAt(port, 'protocol') === 'UDP' &&
      (field(port, 'port') === undefined || named || (last !== undefined && first <= 53 && 53 <= last))
    );
  });
  if (ports.length > 0) return onPort;
  const peers = listAt(rule, 'to');
  return peers.length === 0 || peers.some((peer) => field(peer, 'ipBlock') !== undefined || isOutside(peer));
}

/** Pods of other namespaces, the system's among them as far as labels tell. */
function isOutside(peer: unknown): boolean {
  const namespaces = field(peer, 'namespaceSelector');
  return namespaces !== undefined && selectsLabels(field(peer, 'podSelector') ?? {}, { 'k8s-app': 'kube-dns' });
}

function* unlimited(workload: Workload, direction: Direction): Iterable<Found> {
  const { object } = workload;
  const endpoint = endpointOf(workload);
  if (workload.isSteps || endpoint.isOnHostNetwork || object.manifests.network.isLimited(endpoint, direction)) return;
  yield { path: [], message: `no NetworkPolicy among these manifests limits the ${direction} of its pods` };
}

const OTHER_POLICIES: readonly (readonly [kind: string, group: string])[] = [
  ['CiliumNetworkPolicy', 'cilium.io'],
  ['CiliumClusterwideNetworkPolicy', 'cilium.io'],
  ['NetworkPolicy', 'projectcalico.org'],
  ['GlobalNetworkPolicy', 'projectcalico.org'],
];

/** Policies of network plugins may limit what none of Kubernetes does; what they let through is not worked out. */
function limitedByOthers({ object }: Workload): NotAnswered | undefined {
  const { manifests, namespace } = object;
  const [found] = OTHER_POLICIES.flatMap(([kind, group]) =>
    [...manifests.ofKind(kind, namespace), ...manifests.ofKind(kind, undefined)].filter(
      (one) => one.group === group || one.group.endsWith(`.${group}`),
    ),
  );
  if (found === undefined) return undefined;
  const { apiVersion, kind, name } = found;
  return {
    notAssessed: `what ${apiVersion}/${kind} ${name} lets through is not worked out: only NetworkPolicy of Kubernetes is`,
  };
}

export const policyChecks: readonly Check<'kubernetes'>[] = [
  ...(['ingress', 'egress'] as const).flatMap((direction) => [
    workloadCheck({
      id: `kubernetes-network-policy-missing-${direction}`,
      title: `No network policy limits the ${direction} of the pods`,
      severity: direction === 'ingress' ? 'medium' : 'low',
      rationale:
        direction === 'ingress'
          ? 'Every pod of the cluster reaches every port of these pods, one that was broken into among them.'
          : 'An intruder reaches the internet, other services and the metadata service of the cloud from these pods.',
      remediation: `Add a NetworkPolicy that selects the pods and allows the ${direction} that they need.`,
      controls: ['SC-7', 'AC-4'],
      references: [PAGES.networkPolicies],
      examples: {
        fail: [deployment()],
        pass: [deployment('', '', `---\n${policy(`  policyTypes: [Ingress, Egress]\n  ${direction}: []`)}`)],
      },
      find: (workload) => unlimited(workload, direction),
      unasked: limitedByOthers,
    }),
    objectCheck({
      kinds: ['NetworkPolicy'],
      id: `kubernetes-network-policy-open-${direction}`,
      title: `A network policy allows all ${direction}`,
      severity: 'medium',
      ...(direction === 'ingress' && { aliases: ['KSV-0038'] }),
      rationale: 'A rule without peers, or with all namespaces for a peer, takes back what the policy is there for.',
      remediation: 'Select the pods and namespaces that are meant.',
      controls: ['SC-7', 'AC-4'],
      references: [PAGES.networkPolicies],
      examples: {
        fail: [
          policy(`  ${direction}: [{}]`),
          policy(`  ${direction}:\n    - ${MEMBER[direction]}: [{namespaceSelector: {}}]`),
        ],
        pass: [policy(`  ${direction}:\n    - ${MEMBER[direction]}: [{podSelector: {matchLabels: {app: front}}}]`)],
      },
      find: (object) => openRules(object, direction),
    }),
    objectCheck({
      kinds: ['NetworkPolicy'],
      id: `kubernetes-network-policy-any-address-${direction}`,
      title: `A network policy allows ${direction} for every address`,
      severity: direction === 'ingress' ? 'high' : 'medium',
      aliases: [direction === 'ingress' ? 'KUBE-0001' : 'KUBE-0002'],
      rationale: 'The block holds the whole internet beside all pods and nodes.',
      remediation: 'Write the networks that are meant, and select pods by label.',
      controls: ['SC-7', 'AC-4'],
      references: [PAGES.networkPolicies],
      examples: {
        fail: [policy(`  ${direction}:\n    - ${MEMBER[direction]}: [{ipBlock: {cidr: 0.0.0.0/0}}]`)],
        pass: [policy(`  ${direction}:\n    - ${MEMBER[direction]}: [{ipBlock: {cidr: 192.0.2.0/24}}]`)],
      },
      find: (object) => openBlocks(object, direction),
    }),
  ]),
  objectCheck({
    kinds: ['NetworkPolicy'],
    id: 'kubernetes-network-policy-metadata-service',
    title: "A network policy lets pods reach the cloud's metadata service",
    severity: 'medium',
    rationale:
      'At 169.254.169.254 clouds hand out the credentials of the node, with which the cluster can be taken over.',
    remediation: 'Add except: [169.254.169.254/32] to the block.',
    controls: ['SC-7', 'AC-4', 'IA-5'],
    references: [PAGES.networkPolicies, PAGES.securityChecklist],
    examples: {
      fail: [policy('  egress:\n    - to: [{ipBlock: {cidr: 0.0.0.0/0}}]')],
      pass: [policy('  egress:\n    - to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]')],
    },
    find: reachesMetadata,
  }),
  objectCheck({
    kinds: ['NetworkPolicy'],
    id: 'kubernetes-network-policy-selects-nothing',
    title: 'A network policy selects no pods',
    severity: 'medium',
    rationale: 'A word of the selector is wrong, or the workload is gone: what the policy should protect is open.',
    remediation: 'Write the labels that the pods carry, or remove the policy.',
    controls: ['SC-7', 'AC-4', 'CM-6'],
    references: [PAGES.networkPolicies],
    examples: {
      fail: [`${policy('  ingress: []\n').replace('app: web', 'app: wbe')}---\n${deployment()}`],
      pass: [
        `${policy('  ingress: []\n')}---\n${deployment()}`,
        policy('  ingress: []\n'),
        `${policy('  ingress: []\n').replace('{matchLabels: {app: web}}', '{}')}---\n${deployment()}`,
      ],
    },
    find: selectsNothing,
  }),
  objectCheck({
    kinds: ['NetworkPolicy'],
    id: 'kubernetes-network-policy-without-dns',
    title: 'A network policy keeps pods from asking for names',
    severity: 'low',
    rationale:
      'Programs do not find what they may connect to, and a policy that breaks them is soon taken away or opened too far.',
    remediation: 'Allow UDP and TCP port 53 to the pods of kube-dns in the namespace kube-system.',
    controls: ['SC-7', 'CM-6'],
    references: [PAGES.networkPolicies, 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/'],
    examples: {
      fail: [`${policy(TO_DATABASE)}---\n${deployment()}`],
      pass: [
        `${policy(`${TO_DATABASE}    - ports: [{port: 53, protocol: UDP}]\n`)}---\n${deployment()}`,
        `${policy(`${TO_DATABASE}    - to: [{namespaceSelector: {}}]\n`)}---\n${deployment()}`,
        `${policy('  policyTypes: [Egress]\n')}---\n${deployment()}`,
      ],
    },
    find: withoutNameService,
  }),
];
