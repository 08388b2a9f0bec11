import type { Problem } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { unassessedWords } from './wording.ts';

/** Something that the report cannot say, or can only say in part. */
export interface Hole {
  /** `unassessed-no-advisory-data`, or the code of a problem. */
  readonly id: string;
  readonly effect: Problem['effect'];
  /** From scanned content in part: to be made harmless by whoever shows it. */
  readonly text: string;
}

/** All that a reader must know before they take few findings for few faults. */
export function holesOf({ unassessed, problems }: Pick<ScanReport, 'unassessed' | 'problems'>): Hole[] {
  return [
    ...unassessed.map((one) => ({
      id: `unassessed-${one.reason}`,
      effect: 'degraded' as const,
      text: `Not assessed: ${unassessedWords(one)}. ${one.message}${one.examples.length === 0 ? '' : ` For example ${one.examples.join(', ')}.`}`,
    })),
    ...problems.map((one) => ({ id: one.code, effect: one.effect, text: problemText(one) })),
  ];
}

function problemText({ message, subject, count = 1 }: Problem): string {
  return `${message}${subject === undefined ? '' : ` (${subject})`}${count > 1 ? ` ${count} times.` : ''}`;
}
