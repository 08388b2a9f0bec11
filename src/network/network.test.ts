import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAddress, parseBlock } from './addresses.ts';
import { type Endpoint, labelsOfNamespace, type Peer } from './endpoint.ts';
import { Network } from './network.ts';

function endpoint(namespace: string, app: string, more: Partial<Endpoint> = {}): Endpoint {
  const team = namespace === 'shop' ? { team: 'shop' } : {};
  return {
    namespace,
    labels: { app },
    namespaceLabels: labelsOfNamespace(namespace, team),
    isOnHostNetwork: false,
    ports: [
      { name: 'http', protocol: 'TCP', port: 8080 },
      { name: 'dns', protocol: 'UDP', port: 53 },
    ],
    ...more,
  };
}

const pods: ReadonlyMap<string, Endpoint> = new Map([
  ['web', endpoint('shop', 'web')],
  ['db', endpoint('shop', 'db')],
  ['spy', endpoint('other', 'web')],
  ['agent', endpoint('shop', 'web', { isOnHostNetwork: true })],
]);

function peerOf(text: string): Peer {
  const known = pods.get(text);
  if (known) return { kind: 'pods', endpoint: known };
  const address = parseAddress(text);
  assert.ok(address, text);
  return { kind: 'addresses', range: { family: address.family, first: address.value, last: address.value } };
}

function policy(spec: unknown, namespace = 'shop') {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace }, spec };
}

const db = { matchLabels: { app: 'db' } };
const web = { matchLabels: { app: 'web' } };
const shop = { matchLabels: { team: 'shop' } };

/** `from > to: ports`, one relation an entry. */
const table: readonly [what: string, objects: readonly unknown[], relations: readonly string[]][] = [
  ['no policy', [], ['web > db: every port', 'spy > db: every port', 'db > 192.0.2.1: every port']],
  [
    'nothing comes in',
    [policy({ podSelector: db })],
    ['web > db: no port', '192.0.2.1 > db: no port', 'db > web: every port'],
  ],
  [
    'nothing goes out',
    [policy({ podSelector: db, policyTypes: ['Egress'] })],
    ['db > web: no port', 'db > 192.0.2.1: no port', 'web > db: every port'],
  ],
  [
    'no rules for egress are no type',
    [policy({ podSelector: db, egress: [] })],
    ['db > web: every port', 'web > db: no port'],
  ],
  [
    'rules for egress are a type',
    [policy({ podSelector: db, egress: [{}] })],
    ['db > web: every port', 'web > db: no port'],
  ],
  [
    'types win over rules',
    [policy({ podSelector: db, policyTypes: ['Ingress'], egress: [{ to: [] }], ingress: [{}] })],
    ['db > web: every port', 'web > db: every port'],
  ],
  [
    'all pods of the namespace',
    [policy({ podSelector: {} })],
    ['web > db: no port', 'db > web: no port', 'web > spy: every port'],
  ],
  ['a selector that is missing is empty', [policy({})], ['web > db: no port']],
  ['of another namespace', [policy({ podSelector: {} }, 'other')], ['web > db: every port', 'web > spy: no port']],
  [
    'pods of its own namespace',
    [policy({ podSelector: db, ingress: [{ from: [{ podSelector: web }] }] })],
    ['web > db: every port', 'spy > db: no port', '192.0.2.1 > db: no port'],
  ],
  [
    'all pods of some namespaces',
    [policy({ podSelector: db, ingress: [{ from: [{ namespaceSelector: shop }] }] })],
    ['web > db: every port', 'spy > db: no port'],
  ],
  [
    'a namespace by its name',
    [
      policy({
        podSelector: db,
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }] }],
      }),
    ],
    ['web > db: no port', 'spy > db: every port'],
  ],
  [
    'both selectors at once',
    [policy({ podSelector: db, ingress: [{ from: [{ namespaceSelector: shop, podSelector: db }] }] })],
    ['web > db: no port'],
  ],
  [
    'two peers',
    [
      policy({
        podSelector: db,
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'x' } } }, { podSelector: web }] }],
      }),
    ],
    ['web > db: every port'],
  ],
  [
    'an empty list of peers is everybody',
    [policy({ podSelector: db, ingress: [{ from: [], ports: [{ port: 80 }] }] })],
    ['spy > db: TCP 80', '192.0.2.1 > db: TCP 80'],
  ],
  [
    'a peer that cannot be read is nobody',
    [policy({ podSelector: db, ingress: [{ from: [{}, { ipBlock: { cidr: 'x' } }] }] })],
    ['web > db: no port', '192.0.2.1 > db: no port'],
  ],
  [
    'addresses are outside',
    [policy({ podSelector: db, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] })],
    ['192.0.2.1 > db: every port', 'web > db: no port', '2001:db8::1 > db: no port'],
  ],
  [
    'but for some addresses',
    [
      policy({
        podSelector: db,
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }] }],
      }),
    ],
    ['db > 192.0.2.1: every port', 'db > 169.254.169.254: no port'],
  ],
  ['a port', [policy({ podSelector: db, ingress: [{ ports: [{ port: 5432 }] }] })], ['web > db: TCP 5432']],
  [
    'a port of another protocol',
    [policy({ podSelector: db, ingress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] })],
    ['web > db: UDP 53'],
  ],
  [
    'a range of ports',
    [policy({ podSelector: db, ingress: [{ ports: [{ port: 5000, endPort: 5010 }] }] })],
    ['web > db: TCP 5000-5010'],
  ],
  ['a protocol', [policy({ podSelector: db, ingress: [{ ports: [{ protocol: 'UDP' }] }] })], ['web > db: UDP 1-65535']],
  [
    'a port by name, of whom is connected to',
    [policy({ podSelector: db, ingress: [{ ports: [{ port: 'http' }] }] })],
    ['web > db: TCP 8080'],
  ],
  [
    'a name of another protocol',
    [policy({ podSelector: db, ingress: [{ ports: [{ port: 'dns' }] }] })],
    ['web > db: no port'],
  ],
  [
    'a name on the way out',
    [policy({ podSelector: web, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] })],
    ['web > db: TCP 8080', 'web > 192.0.2.1: no port'],
  ],
  [
    'whole numbers of either kind',
    [policy({ podSelector: db, ingress: [{ ports: [{ port: 80n }] }] })],
    ['web > db: TCP 80'],
  ],
  [
    'several policies add up',
    [
      policy({ podSelector: db, ingress: [{ ports: [{ port: 1 }] }] }),
      policy({ podSelector: {}, ingress: [{ ports: [{ port: 2 }] }] }),
    ],
    ['web > db: TCP 1-2', 'db > web: TCP 2'],
  ],
  [
    'both sides have to agree',
    [
      policy({ podSelector: db, ingress: [{ ports: [{ port: 1 }, { port: 2 }] }] }),
      policy({ podSelector: web, policyTypes: ['Egress'], egress: [{ ports: [{ port: 2 }, { port: 3 }] }] }),
    ],
    ['web > db: TCP 2'],
  ],
  [
    'the network of a node',
    [policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: web }] }] })],
    ['spy > agent: every port', 'agent > spy: every port', 'agent > db: no port', 'web > db: no port'],
  ],
  ['of an older group', [{ ...policy({ podSelector: db }), apiVersion: 'extensions/v1beta1' }], ['web > db: no port']],
  [
    'of another group',
    [{ ...policy({ podSelector: db }), apiVersion: 'crd.projectcalico.org/v1' }],
    ['web > db: every port'],
  ],
  ['broken', [policy(null), policy({ podSelector: db, ingress: 'x' }), null, 'x'], ['web > db: no port']],
];

describe('network policies', () => {
  for (const [what, objects, relations] of table) test(what, () => holdsIn(objects, relations));
});

interface AdminText {
  readonly kind?: string;
  readonly priority?: number;
  readonly ingress?: readonly unknown[];
  readonly egress?: readonly unknown[];
}

function admin({ kind = 'AdminNetworkPolicy', priority = 10, ...rules }: AdminText) {
  const subject = { namespaces: shop };
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind,
    metadata: { name: `${kind}${priority}` },
    spec: { priority, subject, ...rules },
  };
}

const everybody = [{ namespaces: {} }];
const ofPort = (port: number) => [{ portNumber: { protocol: 'TCP', port } }];
const baseline = 'BaselineAdminNetworkPolicy';

const adminTable: typeof table = [
  [
    'deny',
    [admin({ ingress: [{ action: 'Deny', from: everybody }] })],
    ['web > db: no port', 'web > spy: every port', '192.0.2.1 > db: every port'],
  ],
  [
    'deny over what a namespace allows',
    [
      admin({ ingress: [{ action: 'Deny', from: everybody, ports: ofPort(22) }] }),
      policy({ podSelector: db, ingress: [{ ports: [{ port: 22 }, { port: 80 }] }] }),
    ],
    ['web > db: TCP 80'],
  ],
  [
    'allow over what a namespace denies',
    [admin({ ingress: [{ action: 'Allow', from: everybody, ports: ofPort(22) }] }), policy({ podSelector: db })],
    ['web > db: TCP 22'],
  ],
  [
    'the first rule decides',
    [
      admin({
        ingress: [
          { action: 'Allow', from: everybody, ports: ofPort(22) },
          { action: 'Deny', from: everybody },
        ],
      }),
    ],
    ['web > db: TCP 22'],
  ],
  [
    'the lowest priority is first',
    [
      admin({ priority: 5, ingress: [{ action: 'Deny', from: everybody }] }),
      admin({ priority: 1, ingress: [{ action: 'Allow', from: everybody, ports: ofPort(80) }] }),
    ],
    ['web > db: TCP 80'],
  ],
  [
    'pass leaves it to the namespace',
    [
      admin({ priority: 1, ingress: [{ action: 'Pass', from: everybody, ports: ofPort(80) }] }),
      admin({ priority: 2, ingress: [{ action: 'Deny', from: everybody }] }),
      policy({ podSelector: db, ingress: [{ ports: [{ port: 80 }, { port: 81 }] }] }),
    ],
    ['web > db: TCP 80'],
  ],
  [
    'the baseline is for pods without a policy',
    [
      admin({ kind: baseline, ingress: [{ action: 'Deny', from: everybody }] }),
      policy({ podSelector: db, ingress: [{}] }),
    ],
    ['web > db: every port', 'db > web: no port'],
  ],
  [
    'pods by both selectors',
    [admin({ ingress: [{ action: 'Deny', from: [{ pods: { namespaceSelector: {}, podSelector: db } }] }] })],
    ['db > web: no port', 'spy > web: every port'],
  ],
  [
    'networks outside',
    [admin({ egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] }] })],
    ['db > 10.1.1.1: no port', 'db > 192.0.2.1: every port'],
  ],
  [
    'ranges and names of ports',
    [
      admin({
        ingress: [
          {
            action: 'Allow',
            from: everybody,
            ports: [{ portRange: { protocol: 'UDP', start: 1, end: 9 } }, { namedPort: 'http' }],
          },
          { action: 'Deny', from: everybody },
        ],
      }),
    ],
    ['web > db: TCP 8080, UDP 1-9'],
  ],
];

describe('policies of administrators', () => {
  for (const [what, objects, relations] of adminTable) test(what, () => holdsIn(objects, relations));
});

function holdsIn(objects: readonly unknown[], relations: readonly string[]): void {
  const network = new Network(objects);
  for (const relation of relations) {
    const [, from = '', to = '', ports] = /^(\S+) > (\S+): (.*)$/.exec(relation) ?? [];
    assert.equal(network.between(peerOf(from), peerOf(to)).toString(), ports, relation);
  }
}

test('addresses are parted by the blocks of all policies', () => {
  const network = new Network([
    policy({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] }),
  ]);
  const block = parseBlock('10.1.0.0/16');
  assert.ok(block);
  assert.ok(network.addressParts().some(({ first, last }) => first === block.first && last === block.last));
});
