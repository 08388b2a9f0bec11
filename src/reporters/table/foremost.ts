import { printable } from '#foundation/index.ts';
import { type InstalledPackage, isSystemPackage } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { columnsOf, cutTo, padTo } from '../columns.ts';
import { byUrgency, groupBy } from '../tally.ts';
import { counted, stateWords } from '../wording.ts';
import { severityStyle } from './paint.ts';
import { hanging, type View } from './view.ts';

const shownAtOnce = 5;

/** The vulnerabilities to read about first; all of them when the reader asked for all. */
export function foremost(view: View): string[] {
  const groups = [...groupBy(view.open.toSorted(byUrgency), (one) => one.id).values()];
  const shown = view.verbose ? groups : groups.slice(0, shownAtOnce);
  if (shown.length === 0) return [];
  const hidden = groups.length - shown.length;
  const title = view.verbose ? 'All vulnerabilities, the most urgent first' : 'Look at these first';
  return [
    ...hanging(view, '', title, 'bold'),
    '',
    ...shown.flatMap((group) => vulnerability(view, group)),
    ...(hidden === 0
      ? []
      : hanging(
          view,
          '  ',
          `and ${counted(hidden, 'more vulnerability', 'more vulnerabilities')}; --verbose lists all`,
          'dim',
        )),
  ];
}

const indent = '    ';
const idColumns = 16;

function vulnerability(view: View, group: readonly VulnerabilityFinding[]): string[] {
  const [first] = group;
  if (!first) return [];
  const { paint } = view;
  const id = padTo(cutTo(printable(first.id), view.width - 12), idColumns);
  const marks = markText(first);
  const room = view.width - columnsOf(id) - 14;
  const marked = marks === '' || room < 1 ? '' : `  ${paint('yellow', cutTo(marks, room))}`;
  const severity = paint(severityStyle[first.severity], marked === '' ? first.severity : padTo(first.severity, 8));
  return [
    `  ${paint('bold', id)}  ${severity}${marked}`,
    ...(first.summary === undefined
      ? []
      : hanging(view, indent, cutTo(printable(first.summary), 2 * (view.width - 8)))),
    ...packageLines(view, group),
  ];
}

function markText(one: VulnerabilityFinding): string {
  const { kev, epss } = one.enrichment;
  const marks: string[] = [];
  if (kev) marks.push(kev.ransomware ? 'exploited, by ransomware too' : 'known to be exploited');
  if (epss && epss.probability >= 0.01) marks.push(`EPSS ${Math.round(epss.probability * 100)} %`);
  return marks.join(', ');
}

const namedSources = 2;
const namedPackages = 4;

/** By source: its packages have one version and one fix. Of a library, several versions may be there. */
function packageLines(view: View, group: readonly VulnerabilityFinding[]): string[] {
  const sources = [...groupBy(group, ({ package: pkg }) => pkg.source?.name ?? nameAndVersion(pkg)).values()];
  const shown = view.verbose ? sources : sources.slice(0, namedSources);
  const hidden = sources.length - shown.length;
  return [
    ...shown.flatMap((one) => hanging(view, indent, packagesText(one), 'dim')),
    ...(hidden === 0 ? [] : hanging(view, indent, `and in packages of ${counted(hidden, 'more source')}`, 'dim')),
  ];
}

function nameAndVersion({ type, name, version }: InstalledPackage): string {
  return isSystemPackage(type) ? name : `${name} ${version}`;
}

function packagesText(group: readonly VulnerabilityFinding[]): string {
  const [first] = group;
  if (!first) return '';
  const names = [...new Set(group.map((one) => one.package.name))];
  const rest = names.length - namedPackages;
  const named = `${names.slice(0, namedPackages).join(', ')}${rest > 0 ? ` and ${rest} more` : ''} ${first.package.version}`;
  return `${named}: ${first.fixedVersion === undefined ? stateWords[first.state] : `fixed in ${first.fixedVersion}`}`;
}
