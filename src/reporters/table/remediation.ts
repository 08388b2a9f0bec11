import { type Severity, severities } from '#model/index.ts';
import type { Upgrade } from '#vulnerability/index.ts';
import { countSeverities, distinctVulnerabilities, removable, type SeverityCounts, severityWords } from '../tally.ts';
import { capitalised, counted, thousands, upgradeNoun } from '../wording.ts';
import { type Column, grid } from './grid.ts';
import { severityStyle } from './paint.ts';
import { hanging, type View } from './view.ts';

const shownUpgrades = 20;

type Row = Upgrade & { readonly counts: SeverityCounts };

/** The shortest way to fewer vulnerabilities: what to upgrade, from what, to what, and what is gone then. */
export function remediation(view: View): string[] {
  const { upgrades } = view.plan;
  if (upgrades.length === 0) return [];
  const rows = upgrades.map((one) => ({ ...one, counts: countSeverities(distinctVulnerabilities(one.findings)) }));
  const shown = view.verbose ? rows : rows.slice(0, shownUpgrades);
  return [
    ...hanging(view, '', heading(view), 'bold'),
    '',
    ...(grid(view, columnsFor(shown), shown) ?? stacked(view, shown)),
    ...more(view, rows.length - shown.length),
    ...parts(view),
    ...commands(view),
  ];
}

function heading({ plan, open }: View): string {
  const { length } = plan.upgrades;
  const noun = upgradeNoun(plan.upgrades);
  const what = length === 1 ? `one ${noun}` : `these ${length} ${noun}s`;
  const { removed } = plan;
  if (removed === 0) return `Upgrade ${what}: the vulnerabilities stay in other packages, but in fewer`;
  const gone = `${counted(removed, 'vulnerability', 'vulnerabilities')} ${removed === 1 ? 'is' : 'are'} gone`;
  return `Upgrade ${what} and ${gone}: ${severityWords(countSeverities(removable(open)))}`;
}

function columnsFor(rows: readonly Row[]): Column<Row>[] {
  const met = severities.filter((severity) => rows.some((row) => row.counts[severity] > 0));
  return [
    { title: capitalised(upgradeNoun(rows)), text: (row) => row.name },
    { title: 'Installed', text: (row) => row.from },
    { title: 'Fixed in', text: (row) => row.to, style: () => 'green' },
    ...met.map(severityColumn),
  ];
}

const shortTitles: Readonly<Record<Severity, string>> = {
  critical: 'Crit',
  high: 'High',
  medium: 'Med',
  low: 'Low',
  info: 'Info',
  unknown: 'Unrated',
};

function severityColumn(severity: Severity): Column<Row> {
  return {
    title: shortTitles[severity],
    align: 'right',
    text: (row) => (row.counts[severity] === 0 ? '-' : thousands(row.counts[severity])),
    style: (row) => (row.counts[severity] === 0 ? 'dim' : severityStyle[severity]),
  };
}

function stacked(view: View, rows: readonly Row[]): string[] {
  return rows.flatMap((row) => [
    ...hanging(view, '  ', `${row.name}: ${severityWords(row.counts)}`),
    ...hanging(view, '    ', `${row.from} -> ${row.to}`, 'green'),
  ]);
}

function more(view: View, hidden: number): string[] {
  return hidden <= 0 ? [] : hanging(view, '  ', `and ${counted(hidden, 'more package')}; --verbose lists all`, 'dim');
}

/** A base image is replaced whole: an upgrade on top of it hides its vulnerabilities, and every image on it needs its own. */
function parts(view: View): string[] {
  const known = view.plan.parts.filter(({ part }) => part !== 'unknown');
  if (known.length === 0) return [];
  const lines = known.flatMap(({ part, vulnerabilities, fixable }) => {
    const where = part === 'base' ? 'The base image brings' : 'Your own layers bring';
    const advice = part === 'base' ? 'a newer build of it may hold the fixes' : 'rebuild them without the layer cache';
    const fix = fixable === 0 ? 'none with a fix' : `${fixable} with a fix: ${advice}`;
    return hanging(view, '  ', `${where} ${counted(vulnerabilities, 'vulnerability', 'vulnerabilities')}, ${fix}`);
  });
  return ['', ...lines];
}

const shownCommandLines = 8;

/** Part of a command would be worse than none. */
function commandLines(view: View, command: string): string[] {
  const lines = hanging(view, '  $ ', command, 'cyan');
  if (view.verbose || lines.length <= shownCommandLines) return lines;
  const said = 'The command for all of them is long: --verbose prints it, the HTML report has it to copy.';
  return hanging(view, '  ', said, 'dim');
}

/** Without a package manager inside, an image is built anew instead. */
function commands(view: View): string[] {
  if (view.report.distribution?.distroless || view.plan.commands.length === 0) return [];
  return ['', ...view.plan.commands.flatMap(({ command }) => commandLines(view, command))];
}
