import { printable } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { type Annotation, annotationsOf } from '../annotation.ts';
import { cutTo } from '../columns.ts';
import { type DecisionNote, openDecisionNotes } from '../decision-notes.ts';
import { holesOf } from '../holes.ts';
import { inChunks } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { counted, scopeWords } from '../wording.ts';

/** How many of each level GitHub takes from one step; it drops the rest without a word. */
const MAX_PER_LEVEL = 10;
const MAX_CHARACTERS = 4_000;

export const github: Reporter = {
  id: 'github',
  title: 'GitHub Actions: annotations beside the lines, the worst first',
  references: [
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands',
    'https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations',
  ],
  maturity: 'stable',
  mediaType: 'text/plain; charset=utf-8',
  fileExtension: '.github.txt',
  render: (report) => inChunks(commands(report)),
};

type Level = 'error' | 'warning' | 'notice';

const levels: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  unknown: 'warning',
  low: 'notice',
  info: 'notice',
};

function* commands(report: ScanReport): Iterable<string> {
  yield inert(`Plimsoll ${report.tool.version}: ${report.artifact.name}, assessment ${report.assessment}`);
  yield inert(`It ${scopeWords(report)}.`);
  if (report.verdict) yield inert(`Policies: ${report.verdict.outcome.replaceAll('-', ' ')}.`);
  for (const text of report.verdict?.notDecided ?? []) yield inert(`Not decided: ${text}`);
  const shown = new Map<Level, number>();
  let left = 0;
  const isRoom = (level: Level): boolean => {
    const count = shown.get(level) ?? 0;
    if (count >= MAX_PER_LEVEL) return false;
    shown.set(level, count + 1);
    return true;
  };
  // Holes first: a reader who sees ten findings and no hole takes the ten for all.
  for (const { id, effect, text } of holesOf(report)) {
    const level = effect === 'note' ? 'notice' : 'warning';
    if (shown.get(level) !== MAX_HOLES && isRoom(level)) yield command(level, { title: `Plimsoll: ${id}` }, text);
    else yield inert(text);
  }
  for (const note of openDecisionNotes(report)) {
    const level = note.outcome === 'denied' ? 'error' : 'warning';
    if (isRoom(level)) yield command(level, notePlace(note), note.message);
    else left += 1;
  }
  for (const annotation of annotationsOf(report)) {
    const level = levels[annotation.severity];
    if (isRoom(level)) yield command(level, placeOf(annotation), messageOf(annotation));
    else left += 1;
  }
  if (left === 0) return;
  const count = counted(left, 'more has', 'more have');
  yield inert(
    `${count} no annotation: GitHub shows at most ${MAX_PER_LEVEL} of a level for a step. Other formats have all.`,
  );
}

/** Of the places for annotations, holes do not take all. */
const MAX_HOLES = 3;

type Properties = Readonly<Record<string, string | number | undefined>>;

/** Columns may only be given where the place is in one line. */
function placeOf({ file, line, region, rule }: Annotation): Properties {
  const { startColumn: col, endLine = line, endColumn } = region ?? {};
  const columns = endLine === line ? { col, endColumn } : {};
  const place = file === undefined ? {} : { file, line, endLine, ...columns };
  return { ...place, title: rule.title };
}

function notePlace({ file, line, column, title }: DecisionNote): Properties {
  return { ...(file !== undefined && { file, line, col: column }), title };
}

/** Where there is no file in the repository, the message says which one it is. */
function messageOf({ file, message, path, severity, rule }: Annotation): string {
  return `[${severity}] ${message}${file === undefined && path !== '' ? ` (${path})` : ''} (${rule.id})`;
}

function command(level: Level, properties: Properties, message: string): string {
  const written = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${property(String(value))}`],
  );
  return `::${level} ${written.join(',')}::${data(message)}\n`;
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: what a message and a property must not hold as it is. */
function data(text: string): string {
  return cutTo(printable(text), MAX_CHARACTERS).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A line that is no command, whatever it says. */
function inert(text: string): string {
  return `- ${printable(text)}`.replaceAll('::', ': :').replaceAll('##[', '## [').concat('\n');
}
