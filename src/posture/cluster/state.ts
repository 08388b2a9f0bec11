import type { Members } from '#foundation/documents/index.ts';
import type { Known } from '../known.ts';
import type { ResourceKind } from './resources.ts';

/**
 * What was seen of one cluster at one time: all that checks of clusters ask about, so that they are pure and a cluster can be judged where
 * it is not reachable. Kinds that could not be listed are missing with their reason. The JSON form is read back by `parseClusterState`.
 */
export interface ClusterState {
  readonly schema: 'plimsoll.cluster.v1';
  /** ISO 8601. Checks have no clock: this is their today. */
  readonly collectedAt: string;
  /** What the user calls it: the context of the kubeconfig, or the directory that its objects were exported to. */
  readonly name: string;
  /** `v1.33.1+k3s1`, as the API server says it. */
  readonly version: Known<string>;
  /** By `keyOf` of each kind that was asked for. An API that the cluster does not serve has no objects: that is known. */
  readonly objects: ReadonlyMap<string, Known<readonly Members[]>>;
}

/** `deployments.apps`, `pods`: as `kubectl` names resources. */
export function keyOf({ group, resource }: Pick<ResourceKind, 'group' | 'resource'>): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** Those of a kind; none where they are not known. */
export function objectsOf(state: ClusterState, key: string): readonly Members[] {
  const found = state.objects.get(key);
  return found && 'known' in found ? found.known : [];
}
