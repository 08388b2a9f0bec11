import type { Style } from '#foundation/index.ts';
import type { PackageChange, PackageDifference, ScanReport } from '#scan/index.ts';
import { packageChanges } from '#scan/index.ts';
import { padTo } from '../columns.ts';
import { changeTitles, countsWords, layerWords, licenceWords, type SbomComparison } from '../sbom-diff-words.ts';
import { artifactWords, counted } from '../wording.ts';
import { type Column, grid } from './grid.ts';
import { hanging, type Room, roomOf } from './view.ts';

/** What came, went and changed, for a person at a terminal. */
export function* sbomDiffTable(
  { before, after, diff }: SbomComparison,
  options: { readonly color: boolean; readonly width: number },
): Iterable<string> {
  const room = roomOf(options);
  const head = [
    room.paint('bold', `Plimsoll ${after.tool.version}`),
    ...side(room, 'Before', before),
    ...side(room, 'After', after),
    '',
    ...hanging(room, '', countsWords(diff), 'bold'),
  ];
  yield `${head.join('\n')}\n`;
  for (const change of packageChanges) {
    const rows = diff.differences.filter((one) => one.change === change);
    if (rows.length > 0) yield `\n${section(room, change, rows).join('\n')}\n`;
  }
  const holes = [...holesOf(room, 'before', before), ...holesOf(room, 'after', after)];
  if (holes.length > 0) yield `\n${[room.paint('bold', 'Not compared'), '', ...holes].join('\n')}\n`;
}

function side(room: Room, label: string, { artifact, packages }: ScanReport): string[] {
  const lead = `  ${padTo(label, 8)}`;
  const what = `${artifactWords(artifact)}, ${counted(packages.length, 'package')}`;
  return [...hanging(room, lead, artifact.name), ...hanging(room, ' '.repeat(lead.length), what)];
}

const styles: Readonly<Record<PackageChange, Style>> = {
  added: 'green',
  removed: 'red',
  upgraded: 'green',
  downgraded: 'yellow',
  changed: 'yellow',
  relicensed: 'magenta',
  moved: 'cyan',
};

const columns: readonly Column<PackageDifference>[] = [
  { title: 'Type', text: (one) => packageOf(one)?.type ?? '', style: () => 'dim' },
  { title: 'Package', text: (one) => packageOf(one)?.name ?? '' },
  { title: 'Version', text: versions, style: ({ change }) => styles[change] },
  { title: 'Remarks', text: remarks, style: () => 'dim' },
];

function section(room: Room, change: PackageChange, rows: readonly PackageDifference[]): string[] {
  const shown = rows.some((one) => remarks(one) !== '') ? columns : columns.slice(0, -1);
  const title = room.paint('bold', `${changeTitles[change]} (${rows.length})`);
  return [title, '', ...(grid(room, shown, rows) ?? rows.flatMap((one) => stacked(room, one)))];
}

/** Versions are never cut: on a narrow terminal each row takes more lines instead. */
function stacked(room: Room, one: PackageDifference): string[] {
  const { type = '', name = '' } = packageOf(one) ?? {};
  const remark = remarks(one);
  return [
    ...hanging(room, '  ', `${type} ${name}`),
    ...hanging(room, '    ', versions(one), styles[one.change]),
    ...(remark === '' ? [] : hanging(room, '    ', remark, 'dim')),
  ];
}

function packageOf({ before, after }: PackageDifference) {
  return after ?? before;
}

function versions({ before, after }: PackageDifference): string {
  const [from, to] = [before && (before.version || 'no version'), after && (after.version || 'no version')];
  return from === to || from === undefined || to === undefined ? (to ?? from ?? '') : `${from} → ${to}`;
}

function remarks(one: PackageDifference): string {
  return [licenceWords(one), layerWords(one)].filter((words) => words !== undefined).join('; ');
}

function holesOf(room: Room, label: string, { problems }: ScanReport): string[] {
  return problems
    .filter(({ effect }) => effect === 'incomplete')
    .flatMap(({ message, subject }) =>
      hanging(room, '  ! ', `${label}: ${message}${subject === undefined ? '' : ` (${subject})`}`, 'yellow'),
    );
}
