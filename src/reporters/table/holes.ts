import type { Problem, Style } from '#foundation/index.ts';
import { unassessedWords } from '../wording.ts';
import { hanging, type View } from './view.ts';

/** What the answer does not cover. Always there, so that its absence is never mistaken for a clean result. */
export function unassessed(view: View): string[] {
  const { report, paint } = view;
  if (!report.scanners.includes('vulnerability')) return [];
  if (report.unassessed.length === 0) {
    const said =
      report.packages.length === 0
        ? 'No package was found, so none could be assessed.'
        : 'Every package could be assessed.';
    return hanging(view, '', said);
  }
  return [
    paint('bold', 'Not assessed'),
    '',
    ...report.unassessed.flatMap((one) => [
      ...hanging(view, '  ! ', `${unassessedWords(one)}: ${one.message}`, 'yellow'),
      ...(one.examples.length === 0 ? [] : hanging(view, '    ', `for example ${one.examples.join(', ')}`, 'dim')),
    ]),
  ];
}

const effects: readonly (readonly [Problem['effect'], string, Style | undefined])[] = [
  ['incomplete', 'Something may be missing', 'red'],
  ['degraded', 'Less precise', 'yellow'],
  ['note', 'Worth knowing', undefined],
];

export function problems(view: View): string[] {
  if (view.report.problems.length === 0) return [];
  return [
    view.paint('bold', 'Problems'),
    '',
    ...effects.flatMap(([effect, words, style]) =>
      view.report.problems
        .filter((one) => one.effect === effect)
        .flatMap((one) => hanging(view, '  - ', `${words}: ${problemText(one)}`, style)),
    ),
  ];
}

function problemText({ message, subject, count = 1 }: Problem): string {
  return `${message}${subject === undefined ? '' : ` (${subject})`}${count > 1 ? ` (${count} times)` : ''}`;
}
