import type { PartAnswer, RequirementState, StatementState } from '../report.ts';

/**
 * What all parts together say, the first line that fits:
 *
 * | parts | state |
 * |---|---|
 * | any violated | `fail` |
 * | all not arisen | `not-applicable` |
 * | any accepted | `partial` |
 * | all that arose hold or are stated, and one was looked at | `pass` |
 * | all that arose are stated | `manual` |
 * | some hold (or do in part, or are stated), others not known | `partial` |
 * | all are for a person to say, and nobody does | `manual` |
 * | else | `not-assessed` |
 */
export function combine(answers: readonly PartAnswer[]): RequirementState {
  if (answers.includes('violated')) return 'fail';
  const arisen = answers.filter((answer) => answer !== 'not-arisen');
  if (arisen.length === 0) return answers.length > 0 ? 'not-applicable' : 'not-assessed';
  if (arisen.includes('accepted')) return 'partial';
  if (arisen.every((answer) => answer === 'holds' || answer === 'stated'))
    return arisen.includes('holds') ? 'pass' : 'manual';
  if (arisen.some((answer) => answer === 'holds' || answer === 'holds-in-part' || answer === 'stated'))
    return 'partial';
  return arisen.every((answer) => answer === 'unstated') ? 'manual' : 'not-assessed';
}

/** A control's state, as an answer to a clause. */
export function answerOfControl(state: RequirementState, statement: StatementState | undefined): PartAnswer {
  switch (state) {
    case 'pass':
      return 'holds';
    case 'fail':
      return 'violated';
    case 'partial':
      return 'holds-in-part';
    case 'manual':
      return statement === 'given' ? 'stated' : 'unstated';
    case 'not-assessed':
      return 'unknown';
    case 'not-applicable':
      return 'not-arisen';
  }
}
