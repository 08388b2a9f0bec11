import type { Proof } from '../control.ts';

/** Proofs about clusters are states of clusters with the kinds that matter, by resource and group. */
export function clusters(violates: ClusterParts, satisfies: ClusterParts): Proof {
  return { subject: 'cluster', violates: stateOf(violates), satisfies: stateOf(satisfies) };
}

export interface ClusterParts {
  readonly version?: string;
  readonly [resource: string]: readonly object[] | string | undefined;
}

function stateOf({ version = 'v1.36.4', ...objects }: ClusterParts): string {
  const own = { schema: 'plimsoll.cluster.v1', collectedAt: '2026-11-24T08:00:00Z', name: 'billing' };
  return JSON.stringify({ ...own, version, objects });
}
