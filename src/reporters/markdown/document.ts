import type { ScanReport } from '#scan/index.ts';
import { type Annotation, annotationsOf } from '../annotation.ts';
import { cutTo } from '../columns.ts';
import { openDecisionNotes } from '../decision-notes.ts';
import { holesOf } from '../holes.ts';
import { markdownTable, markdownText } from '../markdown-text.ts';
import { countSeverities, groupBy, severityWords } from '../tally.ts';
import { artifactWords, capitalised, checksWords, counted, nothingFoundWords, scopeWords } from '../wording.ts';

/** Of each kind, and of holes: job pages take 1 MiB and show less. */
const MAX_ROWS = 100;
const MAX_CELL = 300;

const titles = new Map<string, string>([
  ['vulnerability', 'Vulnerabilities'],
  ['malware', 'Malware'],
  ['secret', 'Secrets'],
  ['misconfiguration', 'Configuration'],
  ['licence', 'Licences'],
]);

/** What is open, kind by kind, the worst first, and what could not be said. */
export function* markdownDocument(report: ScanReport): Iterable<string> {
  yield `## Plimsoll: ${markdownText(report.artifact.name)}\n\n`;
  yield `${capitalised(markdownText(artifactWords(report.artifact)))}. ${sumWords(report)}\n`;
  yield `\n${capitalised(markdownText(scopeWords(report)))}.\n`;
  if (report.verdict) yield* policies(report, report.verdict);
  for (const [kind, annotations] of groupBy(annotationsOf(report), ({ finding }) => finding.kind))
    yield* section(titles.get(kind) ?? kind, annotations);
  if (report.checks) yield `\n${capitalised(checksWords(report.checks))}.\n`;
  yield* holes(report);
}

function sumWords(report: ScanReport): string {
  const open = [...annotationsOf(report)].map(({ finding }) => finding);
  if (open.length === 0) return nothingFoundWords(report);
  const decided = report.findings.length - open.length;
  const rest = decided === 0 ? '' : `; ${counted(decided, 'other')} decided or not affected`;
  return `${counted(open.length, 'open finding')}: ${severityWords(countSeverities(open))}${rest}.`;
}

function* policies(report: ScanReport, { outcome, notDecided }: NonNullable<ScanReport['verdict']>): Iterable<string> {
  yield `\n### Policies: ${outcome.replaceAll('-', ' ')}\n\n`;
  const notes = openDecisionNotes(report);
  const rows = notes
    .slice(0, MAX_ROWS)
    .map((note) => [note.outcome, note.policy, placeOf(note), cutTo(note.message, MAX_CELL)]);
  if (rows.length > 0) yield* markdownTable(['Outcome', 'Policy', 'Where', 'Says'], rows);
  if (notes.length > MAX_ROWS) yield `\nAnd ${counted(notes.length - MAX_ROWS, 'more decision')}.\n`;
  for (const text of notDecided.slice(0, MAX_ROWS)) yield `- not decided: ${markdownText(text)}\n`;
}

function placeOf({
  file,
  path,
  line,
}: {
  readonly file?: string;
  readonly path: string;
  readonly line: number;
}): string {
  return cutTo(`${file ?? path}${path === '' ? '' : `:${line}`}`, MAX_CELL);
}

function* section(title: string, annotations: readonly Annotation[]): Iterable<string> {
  const findings = annotations.map(({ finding }) => finding);
  yield `\n### ${title}: ${severityWords(countSeverities(findings))}\n\n`;
  yield* markdownTable(['Severity', 'What', 'Where', 'Says'], annotations.slice(0, MAX_ROWS).map(row));
  if (annotations.length > MAX_ROWS) yield `\nAnd ${counted(annotations.length - MAX_ROWS, 'more finding')}.\n`;
}

function row(annotation: Annotation): string[] {
  const { severity, finding, message, logical } = annotation;
  const [place] = finding.kind === 'vulnerability' ? logical : [];
  const where = place ? cutTo(place.name, MAX_CELL) : placeOf(annotation);
  return [severity, finding.id, where, cutTo(message, MAX_CELL)];
}

function* holes(report: ScanReport): Iterable<string> {
  const all = holesOf(report).filter(({ effect }) => effect !== 'note');
  if (all.length === 0) return;
  yield '\n### Not assessed\n\n';
  for (const { text } of all.slice(0, MAX_ROWS)) yield `- ${markdownText(text)}\n`;
  if (all.length > MAX_ROWS) yield `- and ${all.length - MAX_ROWS} more\n`;
}
