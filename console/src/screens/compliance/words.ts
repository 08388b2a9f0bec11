import type { AnswerOf } from '../../api/client.ts';

export type Assessment = AnswerOf<'getCompliance'>;
export type Requirement = Assessment['requirements'][number];
export type Control = Assessment['controls'][number];
export type Part = Control['parts'][number];
export type Summary = Assessment['summary'];
export type State = Requirement['state'];

/** In the order in which a bar shows them. */
export const states = [
  'fail',
  'partial',
  'not-assessed',
  'manual',
  'pass',
  'not-applicable',
] as const satisfies readonly State[];

export const stateWords: Readonly<
  Record<State, { readonly label: string; readonly look: 'plain' | 'good' | 'warn' | 'bad'; readonly about: string }>
> = {
  fail: { label: 'Fails', look: 'bad', about: 'Something was found that the requirement forbids.' },
  partial: { label: 'In part', look: 'warn', about: 'What was looked at holds; not all of it was looked at.' },
  'not-assessed': { label: 'Not assessed', look: 'warn', about: 'Nothing was looked at that could tell.' },
  manual: { label: 'For a person', look: 'plain', about: 'No scan can tell; somebody has to say it.' },
  pass: { label: 'Holds', look: 'good', about: 'What was looked at holds.' },
  'not-applicable': { label: 'Does not apply', look: 'plain', about: 'There is nothing here that it is about.' },
};

/** How many requirements are in a state. */
export function countOf(summary: Summary, state: State): number {
  switch (state) {
    case 'not-assessed':
      return summary.notAssessed;
    case 'not-applicable':
      return summary.notApplicable;
    default:
      return summary[state];
  }
}
