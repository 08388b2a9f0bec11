import { printable } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { MatchEvidence, PriorityReceipt, VulnerabilityFinding } from '#vulnerability/index.ts';
import type { ReporterOptions } from '../reporter.ts';
import { byUrgency, groupBy, vulnerabilitiesOf } from '../tally.ts';
import { vulnerabilityPage, webAddress } from '../web-address.ts';
import { capitalised, counted, dateWords, stateWords } from '../wording.ts';
import { type Column, grid } from './grid.ts';
import { severityStyle } from './paint.ts';
import { hanging, type View, viewOf } from './view.ts';

/** The findings that an id means: its own, or one of its other names. Upper and lower case are alike. */
export function findingsNamed(report: ScanReport, id: string): VulnerabilityFinding[] {
  const wanted = id.toLowerCase();
  return vulnerabilitiesOf(report)
    .filter((one) => [one.id, ...one.aliases].some((name) => name.toLowerCase() === wanted))
    .sort(byUrgency);
}

/** One vulnerability in one artifact, told to a person: how soon and why, where, what to do, and by whose word. */
export function* renderExplanation(report: ScanReport, id: string, options: ReporterOptions): Iterable<string> {
  const view = viewOf(report, options);
  const findings = findingsNamed(report, id);
  const [first] = findings;
  if (!first) {
    yield `${hanging(view, '', notFound(report, id), 'yellow').join('\n')}\n`;
    return;
  }
  const sections = [
    title(view, first),
    howSoon(view, first.priority),
    ...[...groupBy(findings, ({ package: one }) => one.purl).values()].map((group) => occurrence(view, group)),
    references(view, first),
  ];
  yield `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function notFound(report: ScanReport, id: string): string {
  const silent = report.unassessed.reduce((sum, one) => sum + one.packages, 0);
  const limit =
    report.assessment === 'complete' && silent === 0
      ? ''
      : ` The answer is not whole, however: ${counted(silent, 'package')} could not be assessed; plimsoll scan says which.`;
  return `No package of ${report.artifact.name} is known to have ${id}; ${counted(report.packages.length, 'package')} were compared.${limit}`;
}

function title(view: View, one: VulnerabilityFinding): string[] {
  const others = one.aliases.length === 0 ? '' : `  also ${one.aliases.join(', ')}`;
  return [
    `${view.paint('bold', printable(one.id))}  ${view.paint(severityStyle[one.severity], one.severity)}${view.paint('dim', printable(one.severitySource === undefined ? '' : ` by ${one.severitySource}`))}${view.paint('dim', printable(others))}`,
    ...(one.summary === undefined ? [] : hanging(view, '', one.summary)),
  ];
}

function howSoon(view: View, receipt: PriorityReceipt | undefined): string[] {
  if (!receipt) return [];
  const answer = `${capitalised(receipt.window.title)}${receipt.forensics ? ', and look for traces of a break-in' : ''}`;
  return [
    ...hanging(view, 'How soon:  ', answer, 'bold'),
    ...hanging(view, '  ', `the base table says ${receipt.base.title}`),
    ...receipt.steps.flatMap(({ direction, reason }) => hanging(view, '  ', `a step ${direction}: ${reason}`)),
    ...hanging(
      view,
      '  ',
      `rank ${receipt.rank.toFixed(1)} of 100 among those of the same window; policy ${receipt.policy}`,
    ),
    '',
    ...factLines(view, receipt),
    ...counterfactualLines(view, receipt),
  ];
}

type Fact = PriorityReceipt['facts'][number];

const factColumns: readonly Column<Fact>[] = [
  { title: 'Question', text: ({ question }) => question },
  { title: 'Answer', text: ({ value }) => value, style: ({ value }) => (value === 'unknown' ? 'yellow' : undefined) },
  {
    title: 'Says',
    text: ({ source, date }) => [source ?? '-', ...(date === undefined ? [] : [dateWords(date)])].join(', '),
  },
  { title: 'Effect', text: ({ effect }) => effect, style: () => 'dim' },
];

function factLines(view: View, { facts }: PriorityReceipt): string[] {
  const stacked = () =>
    facts.flatMap(({ question, value, source = '-' }) => hanging(view, '  ', `${question} ${value} (${source})`));
  return grid(view, factColumns, facts) ?? grid(view, factColumns.slice(0, 3), facts) ?? stacked();
}

function counterfactualLines(view: View, { counterfactuals }: PriorityReceipt): string[] {
  if (counterfactuals.length === 0) return [];
  return [
    '',
    ...hanging(view, '', 'What would change that', 'bold'),
    ...counterfactuals.flatMap(({ change, window }) => hanging(view, '  ', `${change}: ${window.title}`)),
  ];
}

function occurrence(view: View, group: readonly VulnerabilityFinding[]): string[] {
  const [first] = group;
  if (!first) return [];
  const { package: one, state, fixedVersion, decision } = first;
  const way = fixedVersion === undefined ? stateWords[state] : `${stateWords[state]}: ${fixedVersion}`;
  return [
    ...hanging(view, 'In  ', `${one.name} ${one.version}  (${one.purl})`, 'bold'),
    ...hanging(view, '  ', capitalised(way), fixedVersion === undefined ? undefined : 'green'),
    ...(decision === undefined
      ? []
      : hanging(
          view,
          '  ',
          `Decided: ${decision.state.replaceAll('-', ' ')} (${decision.reason}), in ${decision.statedIn}`,
        )),
    ...group.flatMap((finding) => placeLines(view, finding)),
    ...evidenceShown(view, first).flatMap((each) => hanging(view, '  ', evidenceText(each), 'dim')),
  ];
}

function placeLines(view: View, { package: one, dependencyPath = [] }: VulnerabilityFinding): string[] {
  const { path, layer } = one.origin;
  const brought = layer?.instruction === undefined ? '' : `: ${layer.instruction}`;
  const where =
    layer === undefined
      ? path
      : `${path}, layer ${layer.index}${layer.part === 'unknown' ? '' : ` (${layer.part})`}${brought}`;
  return [
    ...hanging(view, '  ', `At ${where}`),
    ...(dependencyPath.length < 2 ? [] : hanging(view, '  ', `Because of ${dependencyPath.join(' > ')}`)),
    ...(one.ownedBy === undefined ? [] : hanging(view, '  ', `Installed by ${one.ownedBy}`)),
  ];
}

/** Statements of one advisory on other branches of versions say little beside the one that holds. */
function evidenceShown({ verbose }: View, { evidence }: VulnerabilityFinding): readonly MatchEvidence[] {
  const holding = new Set(
    evidence.filter(({ verdict }) => verdict !== 'not-affected').map(({ advisoryId }) => advisoryId),
  );
  return verbose
    ? evidence
    : evidence.filter(({ verdict, advisoryId }) => verdict !== 'not-affected' || !holding.has(advisoryId));
}

function evidenceText(one: MatchEvidence): string {
  const { introduced, fixed, lastAffected } = one.range ?? {};
  const from = introduced === undefined || introduced === '0' ? 'every version' : `from ${introduced}`;
  const to = fixed !== undefined ? ` before ${fixed}` : lastAffected !== undefined ? ` up to ${lastAffected}` : '';
  const isAffected = one.verdict !== 'not-affected';
  const range = one.range ? `${from}${to}` : isAffected ? 'names it or every version' : 'in none of its ranges';
  const verdict = isAffected ? 'affected' : 'not affected';
  const note = one.note === undefined ? '' : `; ${one.note}`;
  return `${one.source} ${one.advisoryId}: ${one.name} ${one.version} is ${verdict} (${range}, by the order of ${one.scheme})${note}`;
}

const shownReferences = 6;

function references(view: View, one: VulnerabilityFinding): string[] {
  const page = vulnerabilityPage(one.id);
  const all = [
    ...new Set([...(page === undefined ? [] : [page]), ...one.references.flatMap((each) => webAddress(each) ?? [])]),
  ];
  const shown = view.verbose ? all : all.slice(0, shownReferences);
  return shown.length === 0 ? [] : [...hanging(view, '', 'Read', 'bold'), ...shown.map((each) => `  ${each}`)];
}
