import { type Severity, severities } from '#model/index.ts';
import { countSeverities, distinctVulnerabilities, type SeverityCounts, severityWords } from '../tally.ts';
import type { Upgrade } from '../upgrades.ts';
import { upgradeCommand } from '../upgrades.ts';
import { counted } from '../wording.ts';
import { type Column, grid } from './grid.ts';
import { severityStyle } from './paint.ts';
import { hanging, type View } from './view.ts';

/** The shortest way to fewer vulnerabilities: what to upgrade, from what, to what, and what is gone then. */
export function remediation(view: View): string[] {
  const { upgrades } = view;
  if (upgrades.length === 0) return [];
  const gone = distinctVulnerabilities(upgrades.flatMap((one) => one.findings));
  const what = upgrades.length === 1 ? 'this source package' : `these ${upgrades.length} source packages`;
  const verb = gone.length === 1 ? 'is' : 'are';
  const heading = `Upgrade ${what} and ${counted(gone.length, 'vulnerability', 'vulnerabilities')} ${verb} gone: ${severityWords(countSeverities(gone))}`;
  const rows = upgrades.map((one) => ({ ...one, counts: countSeverities(distinctVulnerabilities(one.findings)) }));
  const shown = view.verbose ? rows : rows.slice(0, shownUpgrades);
  return [
    ...hanging(view, '', heading, 'bold'),
    '',
    ...(grid(view, columnsFor(shown), shown) ?? stacked(view, shown)),
    ...more(view, rows.length - shown.length),
    ...origin(view),
    ...commands(view),
  ];
}

const shownUpgrades = 20;

type Row = Upgrade & { readonly counts: SeverityCounts };

function columnsFor(rows: readonly Row[]): Column<Row>[] {
  const met = severities.filter((severity) => rows.some((row) => row.counts[severity] > 0));
  return [
    { title: 'Source package', text: (row) => row.name },
    { title: 'Installed', text: (row) => row.from },
    { title: 'Fixed in', text: (row) => row.to, style: () => 'green' },
    ...met.map((severity): Column<Row> => severityColumn(severity)),
  ];
}

const shortTitles: Readonly<Record<Severity, string>> = {
  critical: 'Crit',
  high: 'High',
  medium: 'Med',
  low: 'Low',
  info: 'Info',
  unknown: '?',
};

function severityColumn(severity: Severity): Column<Row> {
  return {
    title: shortTitles[severity],
    align: 'right',
    text: (row) => (row.counts[severity] === 0 ? '-' : String(row.counts[severity])),
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

/** A base image is replaced whole; upgrading inside it helps until the next build only. */
function origin(view: View): string[] {
  const base = view.upgrades.filter((one) => one.part === 'base').length;
  const own = view.upgrades.filter((one) => one.part === 'own').length;
  if (base + own === 0) return [];
  const parts = [
    ...(base === 0
      ? []
      : [`${counted(base, 'package')} came with the base image: a newer build of it may hold the fix`]),
    ...(own === 0 ? [] : [`${counted(own, 'package')} came with your own layers: rebuild without the layer cache`]),
  ];
  return ['', ...parts.flatMap((part) => hanging(view, '  ', part))];
}

function commands(view: View): string[] {
  const command = upgradeCommand(view.report.distribution, view.upgrades);
  if (!command) return [];
  const lines = command.lines.flatMap((line, index) => hanging(view, index === 0 ? '  $ ' : '    ', line, 'cyan'));
  const left =
    command.leftOut === 0
      ? []
      : hanging(view, '  ', `${counted(command.leftOut, 'package name')} left out: not safe in a command line`);
  return ['', ...lines, ...left];
}
