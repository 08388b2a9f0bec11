import type { MisconfigurationFinding } from '#checks/index.ts';
import { printable } from '#foundation/index.ts';
import { padTo } from '../columns.ts';
import { countSeverities, groupBy, severityWords } from '../tally.ts';
import { capitalised, checksWords } from '../wording.ts';
import { severityStyle } from './paint.ts';
import { moreWords } from './places.ts';
import { hanging, type View } from './view.ts';

const shownFiles = 10;
const shownPerFile = 5;
const shownHoles = 5;
const indent = '    ';
const lineColumns = 10;

/** What is set up in a way that helps an intruder, file by file, the file with the worst of it first; and how much was asked. */
export function misconfiguration(view: View): string[] {
  const found = view.misconfigurations;
  if (found.length === 0) return reach(view);
  const files = [...groupBy(found, ({ location }) => location.path)];
  const shown = view.verbose ? files : files.slice(0, shownFiles);
  return [
    ...hanging(view, '', `Configuration: ${severityWords(countSeverities(found))}`, 'bold'),
    '',
    ...shown.flatMap(([path, ofFile]) => [...hanging(view, '  ', path, 'bold'), ...lines(view, ofFile)]),
    ...(shown.length < files.length ? hanging(view, '  ', moreWords(files.length - shown.length, 'file'), 'dim') : []),
    ...reach(view),
  ];
}

/** The same advice for several lines of a file stands once, below them. */
function lines(view: View, ofFile: readonly MisconfigurationFinding[]): string[] {
  const groups = [...groupBy(ofFile, ({ id, remediation }) => `${id}\0${remediation}`).values()];
  const shown = view.verbose ? groups : groups.slice(0, shownPerFile);
  return [
    ...shown.flatMap((group) => groupLines(view, group)),
    ...(shown.length < groups.length
      ? hanging(view, indent, moreWords(groups.length - shown.length, 'finding'), 'dim')
      : []),
  ];
}

/** Configurations of images and evidence of machines and clusters have no lines to point to. */
function hasLines({ report }: View, { subject }: MisconfigurationFinding): boolean {
  const { scheme } = report.artifact;
  return (
    scheme !== 'cluster' &&
    scheme !== 'host' &&
    subject !== 'image-config' &&
    subject !== 'container' &&
    subject !== 'docker-host'
  );
}

function groupLines(view: View, group: readonly MisconfigurationFinding[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const at = hasLines(view, first) ? `line ${first.position.line}` : '';
  const lead = `${indent}${view.paint(severityStyle[first.severity], padTo(first.severity, 8))}  ${padTo(at, lineColumns)}`;
  const shown = view.verbose ? group : group.slice(0, 1);
  return [
    `${lead}  ${view.paint('bold', printable(first.title))}`,
    ...shown.flatMap(({ message, position }, index) =>
      hanging(
        view,
        `${indent}  `,
        index === 0 || !hasLines(view, first) ? message : `line ${position.line}: ${message}`,
      ),
    ),
    ...(shown.length < group.length
      ? hanging(view, `${indent}  `, moreWords(group.length - shown.length, 'place'), 'dim')
      : []),
    ...hanging(view, `${indent}  `, first.remediation, 'dim'),
    ...(view.verbose ? hanging(view, `${indent}  `, `check ${first.id}, ${first.controls.join(', ')}`, 'dim') : []),
  ];
}

function reach(view: View): string[] {
  const { checks } = view.report;
  if (checks === undefined) return [];
  const holes = view.verbose ? checks.notAssessed : checks.notAssessed.slice(0, shownHoles);
  const rest = checks.notAssessed.length - holes.length;
  return [
    ...hanging(view, '  ', `${capitalised(checksWords(checks))}.`),
    ...holes.flatMap(({ path, reason }) => hanging(view, '  ! ', `${path}: ${reason}`, 'yellow')),
    ...(rest > 0 ? hanging(view, '  ', moreWords(rest, 'place'), 'dim') : []),
  ];
}
