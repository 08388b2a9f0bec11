import { type Members, memberOf } from '#foundation/documents/index.ts';
import { known, missing } from '../known.ts';
import { auditedResources, type ResourceKind } from './resources.ts';
import { type ClusterState, keyOf } from './state.ts';
import { trimmed } from './trim.ts';

/**
 * The state of a cluster from objects that were exported: `kubectl get … -o yaml`. Whether all objects of a kind are there cannot be told;
 * a kind of which there is none is taken as not exported.
 */
export function exportedState(
  name: string,
  exported: readonly Members[],
  collectedAt: string,
): { readonly state: ClusterState; readonly others: ReadonlyMap<string, number> } {
  const byKey = new Map<string, Members[]>();
  const others = new Map<string, number>();
  for (const object of exported) {
    const kind = kindOf(object);
    if (kind === undefined) count(others, describe(object));
    else listIn(byKey, keyOf(kind)).push(trimmed(object, kind));
  }
  const objects = auditedResources.map((kind) => {
    const found = byKey.get(keyOf(kind));
    return [keyOf(kind), found ? known(found) : missing(`no ${kind.kind} is among the exported objects`)] as const;
  });
  const state: ClusterState = {
    schema: 'plimsoll.cluster.v1',
    collectedAt,
    name,
    version: missing('exported objects do not tell the version of the API server'),
    objects: new Map(objects),
  };
  return { state, others };
}

const byGroupAndKind: ReadonlyMap<string, ResourceKind> = new Map(
  auditedResources.map((one) => [`${one.group}/${one.kind}`, one]),
);

/** Of whichever version: the members that are asked about are the same in all that are served today. */
function kindOf(object: Members): ResourceKind | undefined {
  const apiVersion = memberOf(object, 'apiVersion');
  const kind = memberOf(object, 'kind');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const slash = apiVersion.indexOf('/');
  return byGroupAndKind.get(`${slash === -1 ? '' : apiVersion.slice(0, slash)}/${kind}`);
}

function describe(object: Members): string {
  return `${String(memberOf(object, 'apiVersion'))}/${String(memberOf(object, 'kind'))}`.slice(0, 200);
}

function listIn(lists: Map<string, Members[]>, key: string): Members[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
