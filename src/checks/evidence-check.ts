import { EvidenceMissing } from '#posture/index.ts';
import type { CheckHit, NotAnswered, NotApplicable, ResourceName } from './check.ts';

/** What is wrong with a machine or a container. There is no text to point into: the message says where it is. */
export interface EvidenceFound {
  readonly message: string;
  /** What to do about this one: the command, where there is one. */
  readonly remediation?: string;
  /** `{ kind: 'file', name: '/etc/docker/daemon.json' }`. */
  readonly resource?: ResourceName;
}

/** What a question over evidence gives; the question may end early with `EvidenceMissing`. */
export type EvidenceAnswer = Iterable<EvidenceFound> | NotApplicable;

/** Asks a question over evidence. What was found before evidence was missing is found all the same. */
export function answered(question: () => EvidenceAnswer): CheckHit[] | NotApplicable | NotAnswered {
  const hits: CheckHit[] = [];
  try {
    const answer = question();
    if ('notApplicable' in answer) return answer;
    for (const found of answer) hits.push({ ...found, position: { line: 1, column: 1 } });
    return hits;
  } catch (error) {
    if (!(error instanceof EvidenceMissing)) throw error;
    return hits.length > 0 ? hits : { notAssessed: error.message };
  }
}
