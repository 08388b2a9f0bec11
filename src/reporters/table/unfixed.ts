import type { AffectedStatus } from '#advisory/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { padBefore, padTo } from '../columns.ts';
import { byUrgency, countSeverities, distinctVulnerabilities, groupBy, severityWords, withoutFix } from '../tally.ts';
import { counted, stateWords } from '../wording.ts';
import { hanging, type View } from './view.ts';

/** What no upgrade removes, by what the publisher says about it. */
export function unfixed(view: View): string[] {
  const without = withoutFix(view.open);
  if (without.length === 0) return [];
  const groups = [
    ...groupBy(without, (one): AffectedStatus => (one.state === 'fixed' ? 'affected' : one.state)).entries(),
  ].map(([state, group]) => ({
    state,
    group: distinctVulnerabilities(group),
  }));
  const total = distinctVulnerabilities(without).length;
  return [
    ...hanging(view, '', `No fix for ${counted(total, 'vulnerability', 'vulnerabilities')} so far`, 'bold'),
    '',
    ...groups.flatMap(({ state, group }) => [
      ...stateLines(view, state, group),
      ...(view.verbose ? listed(view, group) : []),
    ]),
  ];
}

const stateColumns = Math.max(...Object.values(stateWords).map((words) => words.length));

function stateLines(view: View, state: AffectedStatus, group: readonly VulnerabilityFinding[]): string[] {
  const lead = `  ${padTo(stateWords[state], stateColumns)}  ${padBefore(String(group.length), 5)}   `;
  return hanging(view, lead, severityWords(countSeverities(group)));
}

function listed(view: View, group: readonly VulnerabilityFinding[]): string[] {
  return group
    .toSorted(byUrgency)
    .flatMap((one) =>
      hanging(view, '      ', `${one.id} ${one.severity} ${one.package.name} ${one.package.version}`, 'dim'),
    );
}
