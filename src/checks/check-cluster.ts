import { asList, type Members, memberOf } from '#foundation/documents/index.ts';
import { parseYamlDocuments } from '#manifests/index.ts';
import { auditedResources, type ClusterState, keyOf } from '#posture/index.ts';
import { type Checked, joined } from './checked.ts';
import { nameOf, namespaceOf } from './cluster/cluster-check.ts';
import { type ChecksEvaluation, evaluateChecks, type NotAssessed } from './evaluate.ts';
import { gapsOf, type KubernetesObject, Manifests } from './kubernetes/index.ts';

export interface ClusterSettings {
  /** Ids of checks that are not asked. */
  readonly disabled?: readonly string[];
}

/**
 * Asks about a cluster as a whole, and about every object that somebody made: what a controller made of another object is what that one
 * says, and what Kubernetes itself makes is no finding of anybody. All objects are judged together.
 */
export function checkCluster(state: ClusterState, { disabled = [] }: ClusterSettings = {}): Checked {
  const manifests = new Manifests();
  const asked = objectsIn(state).flatMap(({ object, isAsked }) => {
    const added = addTo(manifests, object);
    return isAsked ? added : [];
  });
  return joined([
    evaluateChecks('cluster', state, 'cluster', { disabled }),
    ...asked.map((object) =>
      withGaps(evaluateChecks('kubernetes', object, pathOf(object.value), { disabled }), object),
    ),
  ]);
}

interface ObjectOfCluster {
  readonly object: Members;
  /** Whether it is asked about itself; all of them are what others are applied with. */
  readonly isAsked: boolean;
}

function objectsIn(state: ClusterState): readonly ObjectOfCluster[] {
  return auditedResources.flatMap((kind) => {
    const found = state.objects.get(keyOf(kind));
    if (found === undefined || 'missing' in found) return [];
    return found.known.map((object) => ({ object, isAsked: !kind.isMetadataOnly && !isMadeByOthers(object) }));
  });
}

/** Pods of a node's own files are owned by the node: they are asked about, as nothing else says what is in them. */
function isMadeByOthers(object: Members): boolean {
  const metadata = memberOf(object, 'metadata');
  const owners = asList(memberOf(metadata, 'ownerReferences')) ?? [];
  const controller = owners.find((owner) => memberOf(owner, 'controller') === true);
  if (controller !== undefined && memberOf(controller, 'kind') !== 'Node') return true;
  return isOfKubernetes(object) || nameOf(object) === 'kube-root-ca.crt';
}

const BOOTSTRAPPED = 'kubernetes.io/bootstrapping';

/**
 * Roles that Kubernetes makes, and bindings of them to its own parts. The label alone proves nothing, as whoever may bind may write it: a
 * binding counts as one of these only when all whom it gives something are parts of Kubernetes.
 */
function isOfKubernetes(object: Members): boolean {
  const labels = memberOf(memberOf(object, 'metadata'), 'labels');
  if (memberOf(labels, BOOTSTRAPPED) === undefined) return false;
  const kind = memberOf(object, 'kind');
  // What a role allows is told where it is given to somebody.
  if (kind === 'ClusterRole' || kind === 'Role') return true;
  if (kind !== 'ClusterRoleBinding' && kind !== 'RoleBinding') return false;
  return (asList(memberOf(object, 'subjects')) ?? []).every(isPartOfKubernetes);
}

const PARTS = new Set([
  'system:kube-controller-manager',
  'system:kube-scheduler',
  'system:kube-proxy',
  'system:apiserver',
  'system:nodes',
  'system:masters',
  'system:monitoring',
]);

function isPartOfKubernetes(subject: unknown): boolean {
  const name = memberOf(subject, 'name');
  if (typeof name !== 'string') return false;
  if (memberOf(subject, 'kind') !== 'ServiceAccount') return PARTS.has(name);
  return (
    memberOf(subject, 'namespace') === 'kube-system' &&
    /-(?:controller|signer|cleaner|collector|binder)$|^kube-dns$/.test(name)
  );
}

function addTo(manifests: Manifests, object: Members): readonly KubernetesObject[] {
  const { documents } = parseYamlDocuments(JSON.stringify(object, null, 2));
  return documents.flatMap((document) => manifests.add(document, pathOf(object), true));
}

/** `kube-system/Deployment/coredns`, `ClusterRole/view`. */
function pathOf(object: Members): string {
  const namespace = namespaceOf(object);
  const own = `${String(memberOf(object, 'kind'))}/${nameOf(object)}`;
  return namespace === '' ? own : `${namespace}/${own}`;
}

function withGaps(evaluation: ChecksEvaluation, object: KubernetesObject): ChecksEvaluation {
  const gaps = gapsOf(object).map((reason): NotAssessed => ({ path: pathOf(object.value), reason }));
  return gaps.length === 0 ? evaluation : { ...evaluation, notAssessed: [...evaluation.notAssessed, ...gaps] };
}
