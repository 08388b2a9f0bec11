import type { Problem } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { unassessedWords } from '../wording.ts';
import { shortText } from './limits.ts';

/**
 * What the reader must know beside the results. None of it makes the run a failed one: the report exists and its results hold;
 * `warning` marks what may be missing from it.
 */
export function notifications(report: ScanReport, omissions: readonly string[]): unknown[] {
  return [
    ...report.unassessed.map((one) =>
      notification(
        `unassessed-${one.reason}`,
        'warning',
        `Not assessed: ${unassessedWords(one)}. ${one.message}${one.examples.length === 0 ? '' : ` For example ${one.examples.join(', ')}.`}`,
      ),
    ),
    ...report.problems.map((one) => notification(one.code, levels[one.effect], problemText(one))),
    ...omissions.map((text) => notification('results-left-out', 'note', text)),
  ];
}

const levels: Readonly<Record<Problem['effect'], string>> = {
  incomplete: 'warning',
  degraded: 'warning',
  note: 'note',
};

function problemText({ message, subject, count = 1 }: Problem): string {
  return `${message}${subject === undefined ? '' : ` (${subject})`}${count > 1 ? ` ${count} times.` : ''}`;
}

function notification(id: string, level: string, text: string): unknown {
  return { descriptor: { id }, level, message: { text: shortText(text) } };
}
