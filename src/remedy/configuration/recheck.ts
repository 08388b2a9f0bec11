import { checkFiles, type MisconfigurationFinding, type SubjectKind, type TextEdit } from '#checks/index.ts';
import { isUndecided } from '../plan/configuration.ts';

/** A document as it is or as it would be, and what all checks say of it. */
export interface CheckedText {
  readonly text: string;
  readonly findings: readonly MisconfigurationFinding[];
  /** Documents that each check was asked about: a text that no longer can be read has fewer. */
  readonly asked: ReadonlyMap<string, number>;
  /** Findings of each check, and how many of them nobody has decided about. */
  readonly failures: ReadonlyMap<string, readonly [all: number, open: number]>;
  readonly notAssessed: number;
}

/** What a file is checked as: alone, so that nothing but its own text counts. */
export interface CheckedFile {
  readonly path: string;
  readonly subject: SubjectKind;
  /** ISO date or time on which it is judged. */
  readonly today: string;
}

export function recheck(text: string, { path, subject, today }: CheckedFile): CheckedText {
  const kind = subject === 'dockerfile' ? 'dockerfile' : 'yaml';
  const { findings, summary } = checkFiles([{ path, fragment: { kind, text } }], { today });
  const failures = new Map<string, readonly [number, number]>();
  for (const finding of findings) {
    const [all, open] = failures.get(finding.id) ?? [0, 0];
    failures.set(finding.id, [all + 1, isUndecided(finding) ? open + 1 : open]);
  }
  const asked = Object.entries(summary.byCheck).map(
    ([id, { passed, failed, notApplicable }]) => [id, passed + failed + notApplicable] as const,
  );
  return { text, findings, asked: new Map(asked), failures, notAssessed: summary.notAssessed.length };
}

/** Why an edited text must not take the place of the one before; undefined where it mends the check and does no harm by any other. */
export function objectionTo(before: CheckedText, after: CheckedText, check: string): string | undefined {
  if (after.notAssessed > before.notAssessed) return 'the file could not be read to its end after it';
  for (const [id, count] of before.asked)
    if (after.asked.get(id) !== count) return 'the file would hold other documents after it';
  for (const [id, [all, open]] of after.failures) {
    const [allBefore, openBefore] = before.failures.get(id) ?? [0, 0];
    if (all > allBefore || open > openBefore) return `it would make ${id} fail`;
  }
  const [was] = before.failures.get(check) ?? [0, 0];
  const [is] = after.failures.get(check) ?? [0, 0];
  // Of very many places only the first are listed, and others move up.
  const isLimited = was >= LISTED_HITS;
  return is < was || (isLimited && after.text !== before.text) ? undefined : 'it would not mend it';
}

const LISTED_HITS = 200;

/** The text with edits made, from its end on so that offsets hold; an edit that overlaps one behind it is left for later. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const backwards = edits.toSorted((a, b) => b.start - a.start || b.end - a.end);
  const parts: string[] = [];
  let until = text.length;
  for (const { start, end, text: by } of backwards) {
    if (end > until || start > end) continue;
    parts.unshift(by, text.slice(end, until));
    until = start;
  }
  return text.slice(0, until) + parts.join('');
}
