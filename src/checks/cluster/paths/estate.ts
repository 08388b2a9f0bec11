import { asList, type Members, memberOf } from '#foundation/documents/index.ts';
import { parseYamlDocuments } from '#manifests/index.ts';
import { type ClusterState, objectsOf } from '#posture/index.ts';
import { Manifests } from '../../kubernetes/index.ts';
import type { Workload } from '../../kubernetes/workload.ts';
import { nameOf, namespaceOf } from '../cluster-check.ts';

/** A cluster as an attacker walks through it. */
export interface Estate {
  readonly state: ClusterState;
  readonly manifests: Manifests;
  /** What makes pods and was made by nobody else, by key. */
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly namespaces: ReadonlyMap<string, Members>;
  /** Names of nodes that pods of a workload are seen on, by its key. Empty where the pods were not listed. */
  readonly nodesOf: ReadonlyMap<string, ReadonlySet<string>>;
}

const NEEDED = [
  ...['namespaces', 'serviceaccounts', 'services', 'pods', 'replicationcontrollers'],
  ...['deployments.apps', 'daemonsets.apps', 'statefulsets.apps', 'replicasets.apps', 'jobs.batch', 'cronjobs.batch'],
  ...['networkpolicies.networking.k8s.io', 'ingresses.networking.k8s.io'],
  ...['httproutes.gateway.networking.k8s.io', 'grpcroutes.gateway.networking.k8s.io'],
  ...['adminnetworkpolicies.policy.networking.k8s.io', 'baselineadminnetworkpolicies.policy.networking.k8s.io'],
  ...['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'].map((one) => `${one}.rbac.authorization.k8s.io`),
];

export function estateOf(state: ClusterState): Estate {
  const manifests = new Manifests();
  const workloads = new Map<string, Workload>();
  for (const object of NEEDED.flatMap((key) => objectsOf(state, key))) {
    const controller = controllerOf(object);
    if (controller === undefined || controller.kind === 'Node') {
      const { documents } = parseYamlDocuments(JSON.stringify(object));
      for (const added of documents.flatMap((document) => manifests.add(document, pathOf(object), true)))
        if (added.workload) workloads.set(pathOf(object), added.workload);
    }
  }
  const namespaces = new Map(objectsOf(state, 'namespaces').map((one) => [nameOf(one), one] as const));
  return { state, manifests, workloads, namespaces, nodesOf: placement(state) };
}

/** `Deployment shop/web` */
function pathOf(object: unknown): string {
  const namespace = namespaceOf(object);
  return `${String(memberOf(object, 'kind'))} ${namespace === '' ? '' : `${namespace}/`}${nameOf(object)}`;
}

interface Controller {
  readonly kind: string;
  readonly name: string;
}

function controllerOf(object: unknown): Controller | undefined {
  const owners = asList(memberOf(memberOf(object, 'metadata'), 'ownerReferences')) ?? [];
  const controller = owners.find((owner) => memberOf(owner, 'controller') === true);
  return controller === undefined
    ? undefined
    : { kind: String(memberOf(controller, 'kind')), name: String(memberOf(controller, 'name')) };
}

/** A pod of a Deployment is owned by a ReplicaSet that is owned by it, one of a CronJob by a Job. */
const BETWEEN: ReadonlyMap<string, string> = new Map([
  ['ReplicaSet', 'replicasets.apps'],
  ['Job', 'jobs.batch'],
]);

function placement(state: ClusterState): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Controller>();
  for (const [kind, key] of BETWEEN)
    for (const object of objectsOf(state, key)) {
      const owner = controllerOf(object);
      if (owner) owners.set(`${kind} ${namespaceOf(object)}/${nameOf(object)}`, owner);
    }
  const nodes = new Map<string, Set<string>>();
  for (const pod of objectsOf(state, 'pods')) {
    const node = memberOf(memberOf(pod, 'spec'), 'nodeName');
    const isOver = ['Succeeded', 'Failed'].includes(String(memberOf(memberOf(pod, 'status'), 'phase')));
    if (typeof node !== 'string' || isOver) continue;
    const key = topOf(pod, owners);
    const known = nodes.get(key);
    if (known) known.add(node);
    else nodes.set(key, new Set([node]));
  }
  return nodes;
}

function topOf(pod: unknown, owners: ReadonlyMap<string, Controller>): string {
  const first = controllerOf(pod);
  if (first === undefined || first.kind === 'Node') return pathOf(pod);
  const own = `${first.kind} ${namespaceOf(pod)}/${first.name}`;
  const above = owners.get(own);
  return above ? `${above.kind} ${namespaceOf(pod)}/${above.name}` : own;
}
