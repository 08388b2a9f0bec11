import { entriesOf } from '#foundation/documents/index.ts';
import type { Check } from '../../check.ts';
import { type Found, objectCheck, workloadCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import { field, listAt, membersAt, numberAt, textAt, textsAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';
import type { Workload } from '../workload.ts';
import { selects } from './selectors.ts';

type Direction = 'ingress' | 'egress';

const policy = (spec: string) =>
  manifest('networking.k8s.io/v1 NetworkPolicy web', `spec:\n  podSelector: {matchLabels: {app: web}}\n${spec}`);
const service = (spec: string) => manifest('v1 Service web', `spec:\n${spec}`);
const ingress = (lines: string, annotation = 'app: web') =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n    ${annotation}\nspec:\n${lines}`;
const RULE = '  rules:\n    - host: shop.example.com\n';
const TLS = `  tls:\n    - {hosts: [shop.example.com], secretName: web-tls}\n${RULE}`;

const MEMBER = { ingress: 'from', egress: 'to' } as const;
const EVERYWHERE = new Set(['0.0.0.0/0', '::/0']);

/** Rules that let everything through: one without peers, or with a selector of all namespaces. */
function* openRules({ value }: KubernetesObject, direction: Direction): Iterable<Found> {
  for (const [index, rule] of listAt(value, 'spec', direction).entries()) {
    const peers = listAt(rule, MEMBER[direction]);
    const everywhere = peers.some((peer) => {
      const namespaces = field(peer, 'namespaceSelector');
      return (
        namespaces !== undefined && selects(namespaces, {}) && field(peer, 'podSelector', 'matchLabels') === undefined
      );
    });
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

/** Where clouds hand the credentials of the node to whoever asks. */
const METADATA_ADDRESS = /^169\.254\.(?:169\.254\/32|0\.0\/16|169\.0\/24)$/;

function* reachesMetadata({ value }: KubernetesObject): Iterable<Found> {
  for (const [index, rule] of listAt(value, 'spec', 'egress').entries()) {
    for (const [at, peer] of listAt(rule, 'to').entries()) {
      if (textAt(peer, 'ipBlock', 'cidr') !== '0.0.0.0/0') continue;
      if (textsAt(peer, 'ipBlock', 'except').some((block) => METADATA_ADDRESS.test(block))) continue;
      yield { path: ['spec', 'egress', index, 'to', at, 'ipBlock'], message: 'egress reaches 169.254.169.254' };
    }
  }
}

function* unreached({ object, metadata }: Workload, direction: Direction): Iterable<Found> {
  const labels = membersAt(metadata, 'labels');
  const policies = object.manifests.ofKind('NetworkPolicy', object.namespace);
  const holds = policies.some(
    ({ value }) => governs(value, direction) && selects(field(value, 'spec', 'podSelector') ?? {}, labels),
  );
  if (!holds) yield { path: [], message: `no NetworkPolicy among these manifests limits the ${direction} of its pods` };
}

/** Without types a policy is about ingress, and about egress when it has rules for it. */
function governs(value: unknown, direction: Direction): boolean {
  const types = textsAt(value, 'spec', 'policyTypes');
  if (types.length > 0) return types.some((type) => type.toLowerCase() === direction);
  return direction === 'ingress' || field(value, 'spec', 'egress') !== undefined;
}

const ADMIN_PORTS = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [2375, 'the Docker engine'],
  [2376, 'the Docker engine'],
  [2379, 'etcd'],
  [3389, 'remote desktops'],
  [5900, 'VNC'],
  [10_250, 'the kubelet'],
]);

const SNIPPETS = /^nginx\.ingress\.kubernetes\.io\/(?:server|configuration|auth|stream|modsecurity|location)-snippet$/;
/** Values that were copied into the configuration as they were (CVE-2021-25742, CVE-2023-5043, CVE-2025-1097, CVE-2025-1974). */
const UNSAFE_VALUES =
  /^nginx\.ingress\.kubernetes\.io\/(?:auth-tls-match-cn|auth-url|permanent-redirect|mirror-target|mirror-host)$/;

function* nginxSnippets({ value }: KubernetesObject): Iterable<Found> {
  for (const [name, text] of entriesOf(field(value, 'metadata', 'annotations'))) {
    const path = ['metadata', 'annotations', name];
    if (SNIPPETS.test(name)) yield { path, message: `${name} writes into the configuration of the controller` };
    else if (UNSAFE_VALUES.test(name) && typeof text === 'string' && /[;{}\n#]/.test(text))
      yield { path, message: `${name} holds characters that end a directive of nginx` };
  }
}

const POLICIES: readonly Check<'kubernetes'>[] = [
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
      find: (workload) => unreached(workload, direction),
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
];

const SERVICES: readonly Check<'kubernetes'>[] = [
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-node-port',
    title: 'A service opens a port on every node',
    severity: 'medium',
    rationale: 'Whoever reaches any node reaches the service, past load balancer, certificate and ingress.',
    remediation: 'Use type ClusterIP behind an ingress or gateway.',
    controls: ['SC-7', 'CM-7'],
    references: [PAGES.service],
    examples: { fail: [service('  type: NodePort')], pass: [service('  type: ClusterIP')] },
    *find({ value }) {
      if (textAt(value, 'spec', 'type') === 'NodePort')
        yield { path: ['spec', 'type'], message: 'is of the type NodePort' };
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-load-balancer-open',
    title: 'A load balancer that is open to every address',
    severity: 'medium',
    rationale: 'Most clouds give it a public address: the service is on the internet as soon as it is applied.',
    remediation: 'Set loadBalancerSourceRanges, or annotate the service as internal to your network.',
    controls: ['SC-7', 'AC-4'],
    references: [PAGES.service],
    examples: {
      fail: [service('  type: LoadBalancer'), service('  type: LoadBalancer\n  loadBalancerSourceRanges: [0.0.0.0/0]')],
      pass: [service('  type: LoadBalancer\n  loadBalancerSourceRanges: [192.0.2.0/24]')],
    },
    *find(object) {
      if (textAt(object.value, 'spec', 'type') !== 'LoadBalancer' || isInternal(object)) return;
      const ranges = textsAt(object.value, 'spec', 'loadBalancerSourceRanges');
      if (ranges.length === 0 || ranges.some((range) => EVERYWHERE.has(range)))
        yield { path: ['spec', 'type'], message: 'the load balancer takes connections from every address' };
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-external-ips',
    title: 'A service takes addresses that are not its own',
    severity: 'high',
    aliases: ['KSV-0108'],
    rationale:
      'Traffic of the whole cluster for such an address goes to this service: it can stand in for any server (CVE-2020-8554).',
    remediation: 'Remove externalIPs, and deny them with the admission plugin DenyServiceExternalIPs.',
    controls: ['SC-7', 'AC-4'],
    references: ['https://github.com/kubernetes/kubernetes/issues/97076', PAGES.service],
    examples: { fail: [service('  externalIPs: [203.0.113.5]')], pass: [service('  type: ClusterIP')] },
    *find({ value }) {
      const addresses = textsAt(value, 'spec', 'externalIPs');
      if (addresses.length > 0)
        yield { path: ['spec', 'externalIPs'], message: `takes ${addresses.slice(0, 3).join(', ')}` };
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-admin-port',
    title: 'A service for a port of administration',
    severity: 'medium',
    rationale:
      'Remote shells and the interfaces of engines and nodes give whoever signs in, or guesses, more than an application does.',
    remediation: 'Remove the port; use kubectl exec or port-forward, which the interface server limits and logs.',
    controls: ['CM-7', 'AC-17'],
    references: [PAGES.service],
    examples: { fail: [service('  ports:\n    - port: 22')], pass: [service('  ports:\n    - port: 443')] },
    *find({ value }) {
      for (const [index, port] of listAt(value, 'spec', 'ports').entries()) {
        const [number = 0] = [numberAt(port, 'targetPort'), numberAt(port, 'port')].filter((one) =>
          ADMIN_PORTS.has(one ?? 0),
        );
        const what = ADMIN_PORTS.get(number);
        if (what !== undefined) yield { path: ['spec', 'ports', index], message: `port ${number} is that of ${what}` };
      }
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-external-name',
    title: 'A service stands for a name outside of the cluster',
    severity: 'low',
    rationale:
      'Whoever holds the name, or may change the service, gets the traffic; an ingress in front makes a way into other networks of it.',
    remediation: 'Use the outer name where it is needed, and allow the traffic with a network policy.',
    controls: ['SC-7', 'SC-20'],
    references: [PAGES.service],
    examples: {
      fail: [service('  type: ExternalName\n  externalName: db.example.com')],
      pass: [service('  type: ClusterIP')],
    },
    *find({ value }) {
      if (textAt(value, 'spec', 'type') !== 'ExternalName') return;
      yield {
        path: ['spec', 'externalName'],
        message: `stands for ${textAt(value, 'spec', 'externalName') ?? 'another name'}`,
      };
    },
  }),
];

const INTERNAL = /(?:^|[/.-])(?:internal|load-balancer-type|aws-load-balancer-scheme)$/;

function isInternal({ value }: KubernetesObject): boolean {
  return entriesOf(field(value, 'metadata', 'annotations')).some(
    ([name, set]) => INTERNAL.test(name) && /^(?:true|internal|0\.0\.0\.0\/0)$/i.test(String(set)),
  );
}

const INGRESSES: readonly Check<'kubernetes'>[] = [
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-tls-missing',
    title: 'An ingress without a certificate',
    severity: 'medium',
    rationale: 'Whoever is between the clients and the cluster reads and changes what is sent.',
    remediation: 'Add tls with the hosts and a secret that holds their certificate.',
    controls: ['SC-8', 'SC-23'],
    references: [PAGES.ingress],
    examples: { fail: [ingress(RULE)], pass: [ingress(TLS)] },
    *find({ value }) {
      if (listAt(value, 'spec', 'tls').length === 0) yield { path: ['spec'], message: 'has no tls' };
    },
  }),
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-any-host',
    title: 'An ingress for every name',
    severity: 'low',
    rationale: 'It answers for names nobody meant, those of other applications on the same address among them.',
    remediation: 'Write the host in each rule.',
    controls: ['SC-7', 'CM-6'],
    references: [PAGES.ingress],
    examples: {
      fail: [ingress('  rules:\n    - http: {paths: []}\n'), ingress('  rules:\n    - host: "*.example.com"\n')],
      pass: [ingress(RULE)],
    },
    *find({ value }) {
      for (const [index, rule] of listAt(value, 'spec', 'rules').entries()) {
        const host = textAt(rule, 'host') ?? '*';
        if (host.startsWith('*')) yield { path: ['spec', 'rules', index], message: `the rule is for ${host}` };
      }
    },
  }),
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-nginx-snippet',
    title: 'An annotation writes configuration of ingress-nginx',
    severity: 'high',
    aliases: ['KCV-0093'],
    rationale:
      'The controller reads the secrets of all namespaces, and what an annotation writes into its configuration can read them back.',
    remediation: 'Remove the snippet, and keep allow-snippet-annotations switched off in the controller.',
    controls: ['CM-7', 'SI-10'],
    references: [
      'https://github.com/kubernetes/ingress-nginx/issues/7837',
      'https://nvd.nist.gov/vuln/detail/CVE-2025-1974',
    ],
    examples: {
      fail: [
        ingress(TLS, 'nginx.ingress.kubernetes.io/server-snippet: "location /x { return 200; }"'),
        ingress(TLS, 'nginx.ingress.kubernetes.io/auth-url: "http://a/;#"'),
      ],
      pass: [ingress(TLS, 'nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com/check"')],
    },
    find: nginxSnippets,
  }),
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-plain-allowed',
    title: 'An ingress with a certificate still answers without it',
    severity: 'low',
    rationale: 'Clients that come by plain HTTP are not sent on, and what they send can be read.',
    remediation: 'Remove the annotation that switches the redirect off.',
    controls: ['SC-8'],
    references: ['https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/'],
    examples: {
      fail: [ingress(TLS, 'nginx.ingress.kubernetes.io/ssl-redirect: "false"')],
      pass: [ingress(TLS, 'nginx.ingress.kubernetes.io/ssl-redirect: "true"')],
    },
    *find({ value }) {
      for (const name of ['ssl-redirect', 'force-ssl-redirect']) {
        const path = ['metadata', 'annotations', `nginx.ingress.kubernetes.io/${name}`];
        if (textAt(value, ...path) === 'false') yield { path, message: `${name} is switched off` };
      }
    },
  }),
  objectCheck({
    kinds: ['Gateway'],
    id: 'kubernetes-gateway-plain',
    title: 'A gateway listens without a certificate',
    severity: 'medium',
    rationale: 'Whoever is between the clients and the cluster reads and changes what is sent.',
    remediation: 'Use the protocol HTTPS or TLS with certificateRefs, and the plain listener only to redirect.',
    controls: ['SC-8', 'SC-23'],
    references: ['https://gateway-api.sigs.k8s.io/guides/tls/'],
    examples: {
      fail: [
        manifest(
          'gateway.networking.k8s.io/v1 Gateway web',
          'spec:\n  listeners:\n    - {name: http, port: 80, protocol: HTTP}',
        ),
      ],
      pass: [
        manifest(
          'gateway.networking.k8s.io/v1 Gateway web',
          'spec:\n  listeners:\n    - {name: https, port: 443, protocol: HTTPS}',
        ),
      ],
    },
    *find({ value }) {
      for (const [index, listener] of listAt(value, 'spec', 'listeners').entries()) {
        if (textAt(listener, 'protocol') === 'HTTP')
          yield {
            path: ['spec', 'listeners', index],
            message: `the listener ${textAt(listener, 'name') ?? index} is plain HTTP`,
          };
      }
    },
  }),
];

export const networkChecks: readonly Check<'kubernetes'>[] = [...POLICIES, ...SERVICES, ...INGRESSES];
