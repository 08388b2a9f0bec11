import type { Control } from '#standards/index.ts';
import type {
  AppliedAttestation,
  ControlAssessment,
  EvidenceCounts,
  PartAssessment,
  StatementState,
} from '../report.ts';
import { combine } from './combine.ts';
import type { ScanEvidence } from './evidence.ts';
import { assessPart } from './part.ts';
import { expiredStatement, statementState } from './statements.ts';

/** What is known of one control. A statement answers what nothing else did; it never outweighs what was found. */
export function assessControl(
  { id, title, family, anchors, remedy, evidence }: Control,
  scans: ScanEvidence,
  attestation: AppliedAttestation | undefined,
): ControlAssessment {
  const parts = heard(
    evidence.map((one) => assessPart(one, scans)),
    attestation,
  );
  const statement = statementOf(parts, attestation);
  return {
    id,
    title,
    family,
    anchors,
    remedy,
    state: combine(parts.map(({ answer }) => answer)),
    parts,
    counts: totalOf(parts.map(({ counts }) => counts)),
    ...(statement && { statement }),
    ...(attestation && { attestation }),
  };
}

/** The parts, once the statement has been heard. */
function heard(parts: readonly PartAssessment[], attestation: AppliedAttestation | undefined): PartAssessment[] {
  if (attestation === undefined) return [...parts];
  if (attestation.isExpired)
    return parts.map((part) => (isOpenQuestion(part) ? { ...part, missing: [expiredStatement(attestation)] } : part));
  if (attestation.state === 'met')
    return parts.map((part) => (isOpenQuestion(part) ? { ...part, answer: 'stated', missing: [] } : part));
  if (attestation.state === 'not-met') return [...parts, deniedBy(attestation)];
  return parts.some(({ answer }) => answer === 'violated')
    ? [...parts]
    : parts.map((part) => ({ ...part, answer: 'not-arisen', missing: [] }));
}

function isOpenQuestion({ answer }: PartAssessment): boolean {
  return answer === 'unknown' || answer === 'unstated';
}

function deniedBy({ statement }: AppliedAttestation): PartAssessment {
  return { by: 'statement', what: statement, answer: 'violated', failing: [], accepted: [], counts: zero, missing: [] };
}

/** Only where it matters: something is for a person to say, or somebody has said something. */
function statementOf(
  parts: readonly PartAssessment[],
  attestation: AppliedAttestation | undefined,
): StatementState | undefined {
  const isAsked = parts.some(({ answer }) => answer === 'unstated' || answer === 'stated');
  return isAsked || attestation ? statementState(attestation) : undefined;
}

const zero: EvidenceCounts = { failing: 0, accepted: 0, passed: 0 };

export function totalOf(counts: readonly EvidenceCounts[]): EvidenceCounts {
  return counts.reduce(
    (sum, one) => ({
      failing: sum.failing + one.failing,
      accepted: sum.accepted + one.accepted,
      passed: sum.passed + one.passed,
    }),
    zero,
  );
}
