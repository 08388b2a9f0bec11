import { printable, type Style } from '#foundation/index.ts';
import type { PolicyDecision } from '#policy/verdict/index.ts';
import { padTo } from '../columns.ts';
import { decisionGroups, verdictWords } from '../verdict-words.ts';
import { moreWords } from './places.ts';
import { hanging, type View } from './view.ts';

const STYLES = { denied: 'red', warned: 'yellow', allowed: 'green', 'not-decided': 'yellow' } as const;
const LEADS: Readonly<Record<PolicyDecision['outcome'], readonly [string, Style]>> = {
  denied: ['deny', 'red'],
  warned: ['warn', 'yellow'],
  ignored: ['error', 'yellow'],
  audited: ['audit', 'dim'],
  excepted: ['except', 'dim'],
};
const shownGroups = 20;
const shownPlaces = 3;
const leadColumns = 6;

/** What policies decided: first of all, because it is what a gate is asked for. */
export function policies(view: View): string[] {
  const { verdict } = view.report;
  if (verdict === undefined) return [];
  const groups = decisionGroups(verdict.decisions);
  const shown = view.verbose ? groups : groups.slice(0, shownGroups);
  return [
    ...hanging(view, '', verdictWords(verdict), STYLES[verdict.outcome]),
    ...verdict.notDecided.flatMap((reason) => hanging(view, '  ! ', reason, 'yellow')),
    ...(shown.length > 0 ? [''] : []),
    ...shown.flatMap((group) => groupLines(view, group)),
    ...(shown.length < groups.length
      ? hanging(view, '  ', moreWords(groups.length - shown.length, 'decision'), 'dim')
      : []),
    ...(view.explain || groups.length === 0
      ? []
      : hanging(view, '  ', '--explain says which facts decided, and what would change it.', 'dim')),
  ];
}

function groupLines(view: View, group: readonly PolicyDecision[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const [word, style] = LEADS[first.outcome];
  const lead = `  ${view.paint(style, padTo(word, leadColumns))}  `;
  const indent = ' '.repeat(leadColumns + 4);
  const shown = view.verbose ? group : group.slice(0, shownPlaces);
  return [
    `${lead}${view.paint('bold', printable(first.title))}  ${view.paint('dim', printable(first.policy))}`,
    ...hanging(view, indent, first.isError ? `no answer, which counts as no: ${first.message}` : first.message),
    ...shown.flatMap((one) => [...hanging(view, indent, placeWords(one), 'dim'), ...explained(view, one, indent)]),
    ...(shown.length < group.length
      ? hanging(view, indent, moreWords(group.length - shown.length, 'object'), 'dim')
      : []),
    ...(first.exception ? hanging(view, indent, exceptionWords(first.exception), 'dim') : []),
    ...(view.explain && first.remediation !== undefined ? hanging(view, indent, first.remediation) : []),
  ];
}

function placeWords({ object, place }: PolicyDecision): string {
  return object.endsWith(` ${place}`) ? object : `${object}, ${place}`;
}

function explained(view: View, { because, wouldPass, statedIn }: PolicyDecision, indent: string): string[] {
  if (!view.explain) return [];
  return [
    ...because.flatMap((one) => hanging(view, `${indent}because `, one)),
    ...(wouldPass === undefined ? [] : hanging(view, `${indent}would pass if `, wouldPass)),
    ...(statedIn === undefined ? [] : hanging(view, `${indent}stated in `, statedIn, 'dim')),
  ];
}

function exceptionWords({ reason, expires, statedIn }: NonNullable<PolicyDecision['exception']>): string {
  return `excepted${expires === undefined ? '' : ` until ${expires}`}: ${reason} (${statedIn})`;
}
