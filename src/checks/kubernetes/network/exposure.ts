import { type Grant, permissionsOf, serviceAccountUser } from '#rbac/index.ts';
import type { Check } from '../../check.ts';
import { accountName, mountsToken } from '../checks/identities.ts';
import { type Found, workloadCheck } from '../declare.ts';
import { clusterRole, clusterRoleBinding, deployment, manifest } from '../examples.ts';
import { field, isTrue, listAt, textAt } from '../fields.ts';
import type { Manifests } from '../manifests.ts';
import { isEverything } from '../rbac/holders.ts';
import { describeGiven, givenBy } from '../rbac/right.ts';
import { clusterRights } from '../rbac/rights/cluster.ts';
import { identityRights } from '../rbac/rights/identities.ts';
import { workloadRights } from '../rbac/rights/workloads.ts';
import { PAGES } from '../references.ts';
import { nameOf, type Workload } from '../workload.ts';
import { dataStores } from './data-stores.ts';
import { endpointOf } from './endpoints.ts';
import { pathsFromOutside } from './paths.ts';

/** What whoever takes the pods over has of the node; undefined where it is no more than a container. */
export function nodeAccess(workload: Workload): string | undefined {
  const running = workload.containers.filter(({ role }) => role === 'container');
  const privileged = running.find(({ securityContext }) => isTrue(field(securityContext, 'privileged')));
  if (privileged) return `${nameOf(privileged)} is privileged`;
  const writable = new Set(
    running
      .flatMap(({ value }) => listAt(value, 'volumeMounts'))
      .filter((mount) => !isTrue(field(mount, 'readOnly')))
      .map((mount) => field(mount, 'name')),
  );
  const volumes = listAt(workload.spec, 'volumes').filter((volume) => writable.has(field(volume, 'name')));
  const path = volumes.map((volume) => textAt(volume, 'hostPath', 'path') ?? '').find((one) => NODE.test(one));
  return path === undefined ? undefined : `${path} of the node is mounted into it`;
}

/** Who writes here, or speaks to the engine, has the node. */
const NODE =
  /^\/(?:(?:etc|proc|sys|dev|boot|root|home|run|usr|var|var\/run|var\/lib|var\/lib\/kubelet)?\/?)$|\/(?:docker|containerd|crio)\.sock$/;

/** What whoever takes the pods over may do in the whole cluster; undefined without a token or a dangerous right. */
function clusterAccess(workload: Workload): string | undefined {
  if (!mountsToken(workload)) return undefined;
  const { object, spec } = workload;
  const account = `${object.namespace ?? ''}\n${accountName(spec)}`;
  const known = dangers.get(object.manifests) ?? new Map<string, string | undefined>();
  dangers.set(object.manifests, known);
  if (!known.has(account)) known.set(account, dangerOf(object.manifests, object.namespace ?? '', accountName(spec)));
  return known.get(account);
}

/** By service account: many workloads share one. */
const dangers = new WeakMap<Manifests, Map<string, string | undefined>>();

function dangerOf({ rbac }: Manifests, namespace: string, account: string): string | undefined {
  for (const grant of permissionsOf(rbac, serviceAccountUser(namespace, account)).grants) {
    const what = grant.binding.namespace === undefined ? danger(grant) : undefined;
    if (what !== undefined) return `its service account may ${what}, by ${grant.binding.kind} ${grant.binding.name}`;
  }
  return undefined;
}

const DANGERS = [...identityRights, ...clusterRights, ...workloadRights]
  .filter(({ severity }) => severity === 'critical' || severity === 'high')
  .flatMap(({ rights }) => rights);

function danger({ rule: { rule } }: Grant): string | undefined {
  if (isEverything(rule)) return 'do everything';
  for (const right of DANGERS) {
    const given = givenBy(rule, right, 'cluster');
    if (given) return describeGiven(given);
  }
  return undefined;
}

function* exposedWith(workload: Workload, access: (of: Workload) => string | undefined): Iterable<Found> {
  const what = access(workload);
  if (what === undefined) return;
  const [path] = pathsFromOutside(workload);
  if (path) yield { path: [], message: `is reached from outside through ${path.text}; ${what}` };
}

interface DataStore {
  readonly title: string;
  readonly ports: readonly number[];
}

/** What ends has such an image for its client programs. */
const CLIENTS = new Set(['Job', 'CronJob']);

export function dataStoreIn({ object, containers, isSteps }: Workload): DataStore | undefined {
  if (isSteps || CLIENTS.has(object.kind)) return undefined;
  for (const { role, value } of containers) {
    const name = /(?:^|\/)([^/:@]+)(?::[^/]*)?(?:@.*)?$/.exec(textAt(value, 'image') ?? '')?.[1] ?? '';
    const known = role === 'container' ? dataStores.get(name) : undefined;
    if (known) return { title: known.title, ports: [known.port] };
  }
  return undefined;
}

function* exposedData(workload: Workload): Iterable<Found> {
  const store = dataStoreIn(workload);
  if (store === undefined) return;
  for (const { text, port } of pathsFromOutside(workload))
    if (store.ports.includes(port)) {
      yield { path: [], message: `${store.title} is reached from outside through ${text}` };
      return;
    }
}

/** Somebody's pod in another namespace, of which nothing is known. */
const STRANGER = {
  kind: 'pods',
  endpoint: { namespace: '\0other', labels: {}, namespaceLabels: {}, isOnHostNetwork: false, ports: [] },
} as const;

function* openData(workload: Workload): Iterable<Found> {
  const store = dataStoreIn(workload);
  if (store === undefined) return;
  const ports = workload.object.manifests.network.between(STRANGER, { kind: 'pods', endpoint: endpointOf(workload) });
  const port = store.ports.find((one) => ports.has('TCP', one));
  if (port !== undefined)
    yield { path: [], message: `every pod of the cluster reaches ${store.title} on port ${port}` };
}

const EXPOSED = [
  manifest('v1 Service web', 'spec:\n  selector: {app: web}\n  ports:\n    - {port: 80, targetPort: 8080}'),
  manifest(
    'networking.k8s.io/v1 Ingress web',
    'spec:\n  rules:\n    - http:\n        paths:\n          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}',
  ),
].join('---\n');
const CLOSED = manifest('networking.k8s.io/v1 NetworkPolicy web', 'spec:\n  podSelector: {matchLabels: {app: web}}');
const PRIVILEGED = deployment('securityContext: {privileged: true}');
const MOUNTED = deployment(
  'volumeMounts: [{mountPath: /host, name: web}]',
  'volumes:\n  - {name: web, hostPath: {path: /etc}}',
);
const ACCOUNT = `${clusterRoleBinding('ClusterRole operator', '{kind: ServiceAccount, name: web, namespace: shop}')}---\n${clusterRole('{apiGroups: [""], resources: [secrets], verbs: [list]}')}`;
const DATABASE = deployment('ports: [{containerPort: 5432}]').replace(/image: .*/, 'image: postgres:18.0');
const NODE_PORT = manifest('v1 Service db', 'spec:\n  type: NodePort\n  selector: {app: web}\n  ports: [{port: 5432}]');

export const exposureChecks: readonly Check<'kubernetes'>[] = [
  workloadCheck({
    id: 'kubernetes-exposed-node-access',
    title: 'A workload that is reached from outside has a hold on its node',
    severity: 'high',
    rationale:
      'One fault in the program that answers strangers is enough to take over the node, and with it all that runs there.',
    remediation: 'Take the rights over the node away, or put a workload without them in front.',
    controls: ['AC-6', 'SC-7', 'SC-39'],
    references: [PAGES.podSecurity, PAGES.networkPolicies],
    examples: {
      fail: [`${PRIVILEGED}---\n${EXPOSED}`, `${MOUNTED}---\n${EXPOSED}`],
      pass: [
        PRIVILEGED,
        `${deployment()}---\n${EXPOSED}`,
        `${MOUNTED.replace('web}]', 'web, readOnly: true}]')}---\n${EXPOSED}`,
        `${PRIVILEGED}---\n${EXPOSED}---\n${CLOSED}`,
      ],
    },
    find: (workload) => exposedWith(workload, nodeAccess),
  }),
  workloadCheck({
    id: 'kubernetes-exposed-cluster-rights',
    title: 'A workload that is reached from outside has dangerous rights in the cluster',
    severity: 'high',
    rationale:
      'One fault in the program that answers strangers gives them its token, and with it the rights of its service account.',
    remediation: 'Limit the role to what the program needs, or set automountServiceAccountToken to false.',
    controls: ['AC-6', 'SC-7', 'IA-5'],
    references: [PAGES.rbacGoodPractices, PAGES.serviceAccounts],
    examples: {
      fail: [`${deployment('', 'serviceAccountName: web')}---\n${EXPOSED}---\n${ACCOUNT}`],
      pass: [
        `${deployment('', 'serviceAccountName: web')}---\n${ACCOUNT}`,
        `${deployment('', 'serviceAccountName: web\nautomountServiceAccountToken: false')}---\n${EXPOSED}---\n${ACCOUNT}`,
        `${deployment('', 'serviceAccountName: other')}---\n${EXPOSED}---\n${ACCOUNT}`,
      ],
    },
    find: (workload) => exposedWith(workload, clusterAccess),
  }),
  workloadCheck({
    id: 'kubernetes-data-store-exposed',
    title: 'A data store is reached from outside of the cluster',
    severity: 'high',
    rationale:
      'Databases, caches and queues on addresses that everybody reaches are found within hours and emptied where a password is weak or known.',
    remediation: 'Use a service of type ClusterIP, and let people in through a tunnel or the interface server.',
    controls: ['AC-3', 'AC-4', 'SC-7'],
    references: [PAGES.service, PAGES.networkPolicies],
    examples: {
      fail: [`${DATABASE}---\n${NODE_PORT}`],
      pass: [
        DATABASE,
        `${DATABASE}---\n${NODE_PORT.replace('NodePort', 'ClusterIP')}`,
        `${DATABASE}---\n${NODE_PORT}---\n${CLOSED}`,
      ],
    },
    find: exposedData,
  }),
  workloadCheck({
    id: 'kubernetes-data-store-open',
    title: 'Every pod of the cluster reaches a data store',
    severity: 'medium',
    rationale: 'From one pod that was broken into, data is a guessed or leaked password away.',
    remediation: 'Add a NetworkPolicy that lets in the pods which use the data, on its port.',
    controls: ['AC-4', 'SC-7'],
    references: [PAGES.networkPolicies],
    examples: { fail: [DATABASE], pass: [`${DATABASE}---\n${CLOSED}`, deployment()] },
    find: openData,
  }),
];
