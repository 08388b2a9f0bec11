import type { Clause } from '#standards/index.ts';
import type {
  AppliedAttestation,
  ControlAssessment,
  MissingEvidence,
  PartAnswer,
  Requirement,
  RequirementControl,
  RequirementState,
} from '../report.ts';
import { answerOfControl, combine } from './combine.ts';
import { totalOf } from './control.ts';
import { expiredStatement, statementState } from './statements.ts';

/** What is known of one clause, from its controls and a statement about it. */
export function assessRequirement(
  { id, title, text, section, mappings, unmapped }: Clause,
  controls: ReadonlyMap<string, ControlAssessment>,
  attestation: AppliedAttestation | undefined,
): Requirement {
  const mapped = mappings.flatMap(({ control, relation, source }) => {
    const assessed = controls.get(control);
    return assessed ? [{ row: { id: control, relation, source, state: assessed.state }, assessed }] : [];
  });
  const rows = mapped.map(({ row }) => row);
  const assessed = mapped.map((one) => one.assessed);
  const outcome = outcomeOf(rows, assessed, attestation);
  return {
    clause: id,
    title,
    text,
    section,
    state: outcome.state,
    reason: reasonOf(outcome, rows, unmapped),
    controls: rows,
    counts: totalOf(assessed.map(({ counts }) => counts)),
    missing: outcome.isStated ? [] : missingOf(assessed, attestation, outcome, unmapped),
    ...statementMember(assessed, attestation),
    ...(attestation && { attestation }),
  };
}

interface Outcome {
  readonly state: RequirementState;
  /** All controls hold, and together they do not yet cover what the clause asks for. */
  readonly isUncovered: boolean;
  /** The statement about the clause answers all that was left open. */
  readonly isStated: boolean;
  readonly attestation?: AppliedAttestation | undefined;
}

function outcomeOf(
  rows: readonly RequirementControl[],
  controls: readonly ControlAssessment[],
  attestation: AppliedAttestation | undefined,
): Outcome {
  const answers = controls.map(({ state, statement }) => answerOfControl(state, statement));
  const inForce = attestation?.isExpired === false ? attestation.state : undefined;
  if (answers.includes('violated') || inForce === 'not-met')
    return { state: 'fail', isUncovered: false, isStated: false, attestation };
  if (inForce === 'not-applicable') return { state: 'not-applicable', isUncovered: false, isStated: true, attestation };
  if (inForce === 'met')
    return { state: combine([...answers.map(asStated), 'stated']), isUncovered: false, isStated: true, attestation };
  const state = combine(answers);
  const isUncovered = (state === 'pass' || state === 'manual') && rows.length > 0 && !covers(rows);
  return { state: state === 'pass' && isUncovered ? 'partial' : state, isUncovered, isStated: false, attestation };
}

/** A statement about the clause answers what its controls left open. What was accepted though it is not so stays in part. */
function asStated(answer: PartAnswer): PartAnswer {
  return answer === 'unknown' || answer === 'unstated' ? 'stated' : answer;
}

/**
 * Whether the controls of a clause, all of which hold, are what it asks for:
 *
 * - one that asks for the same (`exact`) or more (`subset`: the clause is a part of the control) covers it alone;
 * - several of which each is a part of it (`superset`: the clause asks for more than each) cover it together, as the crosswalk
 *   splits what the clause asks for among them;
 * - a lone part, and what only shares a part with it (`intersects`), does not.
 *
 * A control whose question did not arise leaves nothing open.
 */
function covers(rows: readonly Pick<RequirementControl, 'relation' | 'state'>[]): boolean {
  const whole = rows.some(
    ({ relation, state }) => (relation === 'exact' || relation === 'subset') && state !== 'not-applicable',
  );
  return whole || rows.filter(({ relation }) => relation === 'superset').length > 1;
}

function reasonOf(
  { state, isUncovered, isStated, attestation }: Outcome,
  rows: readonly RequirementControl[],
  unmapped: string | undefined,
): string {
  if (isStated && attestation)
    return `${attestation.by} stated on ${attestation.date}, until ${attestation.expires}: ${attestation.statement}`;
  const of = (...states: readonly RequirementState[]) =>
    rows.filter((row) => states.includes(row.state)).map(({ id }) => id);
  if (state === 'fail') {
    const failing = of('fail');
    return failing.length > 0
      ? `Not so: ${failing.join(', ')}`
      : `Not so, as ${attestation?.by} stated: ${attestation?.statement}`;
  }
  if (rows.length === 0) return unmapped ?? 'No control of the catalogue speaks for it';
  if (isUncovered) return 'What was looked at is so; the clause asks for more than that';
  switch (state) {
    case 'pass':
      return `So: ${of('pass', 'manual').join(', ')}`;
    case 'partial':
      return `Known in part: ${of('partial', 'not-assessed', 'manual').join(', ')}`;
    case 'manual':
      return 'Only a person can say';
    case 'not-assessed':
      return `Nothing that was looked at tells: ${of('not-assessed', 'manual').join(', ')}`;
    case 'not-applicable':
      return 'Nothing was there that it is about';
  }
}

function missingOf(
  controls: readonly ControlAssessment[],
  attestation: AppliedAttestation | undefined,
  { isUncovered, state }: Outcome,
  unmapped: string | undefined,
): MissingEvidence[] {
  const all = [
    ...(attestation?.isExpired ? [expiredStatement(attestation)] : []),
    ...controls.flatMap(({ parts }) => parts.flatMap(({ missing }) => missing)),
    ...(isUncovered ? [uncovered] : []),
    ...(controls.length === 0 && state !== 'fail' ? [unspoken(unmapped)] : []),
  ];
  return [...new Map(all.map((one) => [one.why, one])).values()];
}

const uncovered: MissingEvidence = {
  why: 'the clause asks for more than its controls',
  how: 'state the rest in the attestations, by framework and clause',
  source: 'statement',
};

function unspoken(why: string | undefined): MissingEvidence {
  return {
    why: why ?? 'no control of the catalogue speaks for it',
    how: 'state it in the attestations, by framework and clause',
    source: 'statement',
  };
}

function statementMember(
  controls: readonly ControlAssessment[],
  attestation: AppliedAttestation | undefined,
): Pick<Requirement, 'statement'> {
  if (attestation) return { statement: statementState(attestation) };
  const states = controls.flatMap(({ statement }) => statement ?? []);
  const worst = (['expired', 'missing', 'given'] as const).find((state) => states.includes(state));
  return worst ? { statement: worst } : {};
}
