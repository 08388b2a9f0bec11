import { compareTexts } from '#foundation/index.ts';
import type {
  AppliedAttestation,
  Attestation,
  AttestationSubject,
  GivenAttestation,
  MissingEvidence,
  StatementState,
} from '../report.ts';

/** What people stated, found by what it is about. */
export class Statements {
  readonly #bySubject: ReadonlyMap<string, readonly AppliedAttestation[]>;
  readonly #used = new Set<string>();

  /** @param today ISO date */
  constructor(attestations: readonly Attestation[], today: string) {
    const applied = attestations.map((one) => ({ ...one, isExpired: one.expires <= today }));
    this.#bySubject = Map.groupBy(applied.sort(mostTelling), ({ subject }) => keyOf(subject));
  }

  /** The one that counts: in force before expired, `not-met` before all else, then the latest. */
  about(subject: AttestationSubject): AppliedAttestation | undefined {
    const key = keyOf(subject);
    this.#used.add(key);
    return this.#bySubject.get(key)?.[0];
  }

  /** All that were given, in the order of what they are about. */
  given(): GivenAttestation[] {
    return [...this.#bySubject]
      .sort(([a], [b]) => compareTexts(a, b))
      .flatMap(([key, list]) => list.map((one) => ({ ...one, isUsed: this.#used.has(key) })));
  }
}

function mostTelling(a: AppliedAttestation, b: AppliedAttestation): number {
  return (
    Number(a.isExpired) - Number(b.isExpired) ||
    Number(b.state === 'not-met') - Number(a.state === 'not-met') ||
    compareTexts(b.date, a.date)
  );
}

function keyOf(subject: AttestationSubject): string {
  return 'control' in subject ? subject.control : `${subject.framework}:${subject.clause}`;
}

export function statementState(attestation: AppliedAttestation | undefined): StatementState {
  if (attestation === undefined) return 'missing';
  return attestation.isExpired ? 'expired' : 'given';
}

/** What is missing because the statement is old. */
export function expiredStatement({ expires, by, statedIn }: AppliedAttestation): MissingEvidence {
  return {
    why: `the statement of ${by} (${statedIn}) held until ${expires}`,
    how: 'look again, and renew it',
    source: 'statement',
  };
}
