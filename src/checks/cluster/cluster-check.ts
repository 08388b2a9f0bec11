import { type Members, memberOf } from '#foundation/documents/index.ts';
import { type ClusterState, need } from '#posture/index.ts';
import type { Check } from '../check.ts';
import { answered, type EvidenceAnswer } from '../evidence-check.ts';

type ClusterCheck = Check<'cluster'>;

interface Declaration
  extends Pick<ClusterCheck, 'id' | 'title' | 'severity' | 'rationale' | 'remediation' | 'controls' | 'references'> {
  readonly pass: readonly string[];
  readonly fail: readonly string[];
  find(state: ClusterState): EvidenceAnswer;
}

/** A question about a cluster as a whole; those about single objects are asked of manifests and of clusters alike. */
export function clusterCheck({ find, pass, fail, ...words }: Declaration): ClusterCheck {
  return {
    ...words,
    subject: 'cluster',
    maturity: 'stable',
    examples: { pass, fail },
    evaluate: (state) => answered(() => find(state)),
  };
}

/** All objects of a kind, by `keyOf`. Ends the question where they were not listed. */
export function listed(state: ClusterState, key: string): readonly Members[] {
  return need(state.objects.get(key) ?? { missing: `${key} is not among the evidence` });
}

export function nameOf(object: unknown): string {
  return String(memberOf(memberOf(object, 'metadata'), 'name') ?? '');
}

export function namespaceOf(object: unknown): string {
  return String(memberOf(memberOf(object, 'metadata'), 'namespace') ?? '');
}

export function resource(object: Members) {
  const namespace = namespaceOf(object);
  return {
    kind: `${String(memberOf(object, 'apiVersion'))}/${String(memberOf(object, 'kind'))}`,
    name: nameOf(object),
    ...(namespace !== '' && { namespace }),
  };
}
