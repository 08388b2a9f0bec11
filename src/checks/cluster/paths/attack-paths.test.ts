import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exportedState } from '#posture/index.ts';
import { attackPaths } from './attack-paths.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
type Object_ = Record<string, unknown>;

const namespace = (name: string, level?: string): Object_ => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: level ? { 'pod-security.kubernetes.io/enforce': level } : {} },
});

/** A Deployment `ns/name` with its service account, and a load balancer in front where it is exposed. */
function app(
  path: string,
  { exposed = false, image = 'app:1', spec = {}, container = {} }: AppOptions = {},
): Object_[] {
  const [ns = '', name = ''] = path.split('/');
  const metadata = { name, namespace: ns };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        template: {
          metadata: { labels: { app: name } },
          spec: { serviceAccountName: name, containers: [{ name, image, ...container }], ...spec },
        },
      },
    },
    ...(exposed
      ? [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata,
            spec: { type: 'LoadBalancer', selector: { app: name }, ports: [{ port: 80 }] },
          },
        ]
      : []),
  ];
}

interface AppOptions {
  readonly exposed?: boolean;
  readonly image?: string;
  readonly spec?: object;
  readonly container?: object;
}

/** A rule for the service account of an app: `role('shop/web', 'shop', [''], ['secrets'], ['get'])`; `*` is the cluster. */
function grant(
  account: string,
  where: string,
  groups: string[],
  resources: string[],
  verbs: string[],
  names?: string[],
): Object_[] {
  const [ns = '', name = ''] = account.split('/');
  const prefix = where === '*' ? 'Cluster' : '';
  const metadata = {
    name: `${name}-${resources.join('-').replaceAll('/', '-')}`,
    ...(where !== '*' && { namespace: where }),
  };
  return [
    {
      apiVersion: RBAC,
      kind: `${prefix}Role`,
      metadata,
      rules: [{ apiGroups: groups, resources, verbs, ...(names && { resourceNames: names }) }],
    },
    {
      apiVersion: RBAC,
      kind: `${prefix}RoleBinding`,
      metadata,
      roleRef: { kind: `${prefix}Role`, name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: ns }],
    },
  ];
}

const admin = (account: string) => grant(account, '*', ['*'], ['*'], ['*']);
const privileged = { securityContext: { privileged: true } };

/** `cluster from Deployment shop/web` and the like, easiest first. */
function waysIn(objects: readonly Object_[], exploited?: Map<string, string[]>): string[] {
  const { state } = exportedState('x', objects, '2026-11-24T00:00:00Z');
  return attackPaths(state, exploited).paths.map(({ goal, what, entry, steps }) => {
    const end = goal === 'data' ? what : goal;
    return `${end} from ${entry ?? 'anonymous'} in ${steps.length}`;
  });
}

describe('a step of each kind, and the same without what makes it one', () => {
  const web = app('shop/web', { exposed: true });
  const robot = app('ops/robot');
  const target = [...robot, ...admin('ops/robot')];
  const spaces = [namespace('shop', 'restricted'), namespace('ops', 'restricted')];
  const to = (...objects: readonly Object_[][]) => [...spaces, ...web, ...target, ...objects.flat()];
  const cluster = (objects: readonly Object_[]) => waysIn(objects).filter((one) => one.startsWith('cluster')).length;

  const cases: readonly (readonly [name: string, way: readonly Object_[][], none: readonly Object_[][]])[] = [
    ['all rights', [admin('shop/web')], [grant('shop/web', 'shop', ['*'], ['*'], ['*'])]],
    [
      'enter a pod with rights',
      [grant('shop/web', 'ops', [''], ['pods/exec'], ['create'])],
      [grant('shop/web', 'ops', [''], ['pods/log'], ['get'])],
    ],
    [
      'enter a pod by reading',
      [grant('shop/web', 'ops', [''], ['pods/exec'], ['get'])],
      [grant('shop/web', 'shop', [''], ['pods/exec'], ['get'])],
    ],
    [
      'run a pod as another',
      [grant('shop/web', 'ops', ['apps'], ['deployments'], ['patch'])],
      [grant('shop/web', 'ops', ['apps'], ['deployments/scale'], ['patch'])],
    ],
    [
      'ask for a token',
      [grant('shop/web', 'ops', [''], ['serviceaccounts/token'], ['create'])],
      [grant('shop/web', 'ops', [''], ['serviceaccounts'], ['create'])],
    ],
    [
      'speak as another account',
      [grant('shop/web', '*', [''], ['serviceaccounts'], ['impersonate'])],
      [grant('shop/web', '*', [''], ['serviceaccounts'], ['get'])],
    ],
    [
      'speak as system:masters',
      [grant('shop/web', '*', [''], ['groups'], ['impersonate'], ['system:masters'])],
      [grant('shop/web', '*', [''], ['groups'], ['impersonate'], ['team'])],
    ],
    [
      'bind cluster-admin',
      [
        grant('shop/web', '*', ['rbac.authorization.k8s.io'], ['clusterroles'], ['bind']),
        grant('shop/web', '*', ['rbac.authorization.k8s.io'], ['clusterrolebindings'], ['create']),
      ],
      [grant('shop/web', '*', ['rbac.authorization.k8s.io'], ['clusterrolebindings'], ['create'])],
    ],
    [
      'escalate its own role',
      [grant('shop/web', '*', ['rbac.authorization.k8s.io'], ['clusterroles'], ['escalate', 'update'])],
      [grant('shop/web', '*', ['rbac.authorization.k8s.io'], ['clusterroles'], ['update'])],
    ],
    [
      'reach the kubelets',
      [grant('shop/web', '*', [''], ['nodes/proxy'], ['get'])],
      [grant('shop/web', '*', [''], ['nodes/metrics'], ['get'])],
    ],
    [
      'change admission',
      [grant('shop/web', '*', ['admissionregistration.k8s.io'], ['mutatingwebhookconfigurations'], ['patch'])],
      [grant('shop/web', '*', ['admissionregistration.k8s.io'], ['mutatingwebhookconfigurations'], ['get'])],
    ],
    [
      'approve a certificate',
      [
        grant('shop/web', '*', ['certificates.k8s.io'], ['certificatesigningrequests'], ['create']),
        grant('shop/web', '*', ['certificates.k8s.io'], ['certificatesigningrequests/approval'], ['update']),
        grant(
          'shop/web',
          '*',
          ['certificates.k8s.io'],
          ['signers'],
          ['approve'],
          ['kubernetes.io/kube-apiserver-client'],
        ),
      ],
      [
        grant('shop/web', '*', ['certificates.k8s.io'], ['certificatesigningrequests'], ['create']),
        grant('shop/web', '*', ['certificates.k8s.io'], ['certificatesigningrequests/approval'], ['update']),
      ],
    ],
    [
      'read a token that never ends',
      [
        grant('shop/web', 'ops', [''], ['secrets'], ['list']),
        [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            type: 'kubernetes.io/service-account-token',
            metadata: { name: 't', namespace: 'ops', annotations: { 'kubernetes.io/service-account.name': 'robot' } },
          },
        ],
      ],
      [grant('shop/web', 'ops', [''], ['secrets'], ['list'])],
    ],
    [
      'rights of a group that it is in',
      [
        [
          {
            apiVersion: RBAC,
            kind: 'ClusterRoleBinding',
            metadata: { name: 'all' },
            roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
            subjects: [{ kind: 'Group', name: 'system:serviceaccounts:shop' }],
          },
        ],
      ],
      [
        [
          {
            apiVersion: RBAC,
            kind: 'ClusterRoleBinding',
            metadata: { name: 'all' },
            roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
            subjects: [{ kind: 'Group', name: 'system:serviceaccounts:ops' }],
          },
        ],
      ],
    ],
  ];
  for (const [name, way, none] of cases)
    test(name, () => {
      assert.equal(cluster(to(...way)), 1, 'there is a way');
      assert.equal(cluster(to(...none)), 0, 'there is none');
    });
});

describe('nodes', () => {
  const web = (container: object) => app('shop/web', { exposed: true, container });
  const running = (pod: string, node: string): Object_[] => [
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${pod}-1`,
        namespace: 'shop',
        ownerReferences: [{ kind: 'Deployment', name: pod, controller: true }],
      },
      spec: {},
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${pod}-1-a`,
        namespace: 'shop',
        ownerReferences: [{ kind: 'ReplicaSet', name: `${pod}-1`, controller: true }],
      },
      spec: { nodeName: node },
    },
  ];

  test('a privileged pod has its node, and the tokens of what runs beside it', () => {
    const objects = [
      namespace('shop'),
      ...web(privileged),
      ...running('web', 'n1'),
      ...app('shop/robot'),
      ...admin('shop/robot'),
    ];
    assert.deepEqual(waysIn([...objects, ...running('robot', 'n1')]), [
      'cluster from Deployment shop/web in 5',
      'node from Deployment shop/web in 3',
    ]);
    assert.deepEqual(waysIn([...objects, ...running('robot', 'n2')]), ['node from Deployment shop/web in 3']);
  });

  test('the keys of the control plane lie on its nodes', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1', labels: { 'node-role.kubernetes.io/control-plane': '' } },
    };
    const objects = [namespace('shop'), ...web(privileged), ...running('web', 'n1')];
    assert.deepEqual(
      waysIn([...objects, node]).filter((one) => one.startsWith('cluster')),
      ['cluster from Deployment shop/web in 3'],
    );
  });

  test('whoever starts pods has a node where nothing is enforced', () => {
    const runs = grant('shop/web', 'shop', [''], ['pods'], ['create']);
    assert.deepEqual(waysIn([namespace('shop'), ...web({}), ...runs]), ['node from Deployment shop/web in 5']);
    assert.deepEqual(waysIn([namespace('shop', 'baseline'), ...web({}), ...runs]), []);
    const labels = grant('shop/web', '*', [''], ['namespaces'], ['patch']);
    assert.deepEqual(waysIn([namespace('shop', 'baseline'), ...web({}), ...runs, ...labels]), [
      'node from Deployment shop/web in 4',
    ]);
  });
});

describe('a shop with three designed ways, and what looks like one', () => {
  const closed: Object_ = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db', namespace: 'data' },
    spec: { podSelector: { matchLabels: { app: 'ledger' } }, policyTypes: ['Ingress'], ingress: [] },
  };
  const objects: readonly Object_[] = [
    ...['shop', 'ci', 'data', 'ops', 'safe'].map((name) => namespace(name, name === 'ops' ? undefined : 'restricted')),
    // From the shop to its database, and by the token of its helper to the builder, which may do all.
    ...app('shop/front', { exposed: true }),
    ...grant('shop/front', 'ci', [''], ['pods/exec'], ['create']),
    ...app('ci/builder'),
    ...admin('ci/builder'),
    ...app('data/db', { image: 'postgres:17' }),
    // A ledger that a policy closes.
    ...app('data/ledger', { image: 'mysql:8' }),
    closed,
    // An agent with its node, exposed by mistake.
    ...app('ops/agent', { exposed: true, container: privileged, spec: { automountServiceAccountToken: false } }),
    // Exposed, with rights, and no token to use them.
    ...app('safe/page', { exposed: true, spec: { automountServiceAccountToken: false } }),
    ...admin('safe/page'),
    // Privileged and not reached.
    ...app('safe/inner', { container: privileged }),
  ];

  test('are found, and none is invented', () => {
    assert.ok(objects.length >= 25, `${objects.length} objects`);
    assert.deepEqual(waysIn(objects), [
      'cluster from Deployment shop/front in 6',
      'node from Deployment ops/agent in 3',
      'the data of Deployment data/db from Deployment shop/front in 2',
    ]);
  });

  test('an exploited hole in the image makes its way the easiest', () => {
    const { state } = exportedState('x', objects, '2026-11-24T00:00:00Z');
    const [first] = attackPaths(state, new Map([['app:1', ['CVE-2021-44228']]])).paths;
    assert.match(first?.steps[0]?.how ?? '', /by CVE-2021-44228, which is known to be exploited/);
    assert.equal(first?.weight, 1);
  });

  test('the cheapest change takes the way away', () => {
    const { state } = exportedState('x', objects, '2026-11-24T00:00:00Z');
    const { cuts } = attackPaths(state);
    assert.deepEqual(
      cuts.map(({ goal, cuts, isWhole }) => [goal, cuts.map(({ id }) => id), isWhole]),
      [
        ['the whole cluster', ['token Deployment shop/front'], true],
        ['a node', ['escape Deployment ops/agent'], true],
      ],
    );
  });
});
