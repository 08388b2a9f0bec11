import type { MisconfigurationFinding } from '#checks/index.ts';
import { compareTexts } from '#foundation/index.ts';
import { severityRank } from '#model/index.ts';
import { isUndecided } from '../plan/configuration.ts';
import { type CheckedFile, type CheckedText, objectionTo, recheck, withEdits } from './recheck.ts';

/** What may be spent on one file, in characters that are checked again: a large one, or one with very much to say about, is tried less often. */
const MAX_COST = 16 * 1024 * 1024;
/** A finding costs as much as so many characters. */
const COST_OF_FINDING = 200;
const MAX_ATTEMPTS = 500;

export interface Mended {
  readonly checked: CheckedText;
  /** Ids of checks of which some place was left, and why. */
  readonly left: ReadonlyMap<string, string>;
}

/**
 * Makes the edits of checks, one check at a time, and asks all checks again after each: positions move, one edit can stand in the way of
 * another, and none may be kept that makes the document unreadable or another check fail.
 */
export function mendText(
  file: CheckedFile,
  before: CheckedText,
  isWanted: (finding: MisconfigurationFinding) => boolean,
): Mended {
  const attempts = new Attempts(file, before);
  for (;;) {
    const group = nextGroup(attempts.current, (finding) => isWanted(finding) && !attempts.isRefused(finding));
    if (group.length === 0 || attempts.isSpent) return attempts.outcome(group);
    if (attempts.take(group) === undefined) continue;
    // Together they are refused: one may be to blame for all.
    for (const finding of group) {
      if (attempts.isSpent) break;
      const objection = attempts.take([finding]);
      if (objection === undefined) break;
      attempts.refuse(finding, objection);
    }
  }
}

class Attempts {
  readonly #file: CheckedFile;
  #current: CheckedText;
  #attempts = 0;
  #cost = 0;
  readonly #refused = new Set<string>();
  readonly #left = new Map<string, string>();

  constructor(file: CheckedFile, before: CheckedText) {
    this.#file = file;
    this.#current = before;
  }

  get current(): CheckedText {
    return this.#current;
  }

  get isSpent(): boolean {
    return this.#attempts >= MAX_ATTEMPTS || this.#cost >= MAX_COST;
  }

  isRefused(finding: MisconfigurationFinding): boolean {
    return this.#refused.has(keyOf(finding));
  }

  /** Undefined when the edits of findings of one check were taken, else why not. */
  take(findings: readonly MisconfigurationFinding[]): string | undefined {
    const text = withEdits(
      this.#current.text,
      findings.flatMap(({ fix = [] }) => fix),
    );
    this.#attempts += 1;
    const after = recheck(text, this.#file);
    this.#cost += text.length + after.findings.length * COST_OF_FINDING;
    const objection = objectionTo(this.#current, after, findings[0]?.id ?? '');
    if (objection === undefined) this.#current = after;
    return objection;
  }

  refuse(finding: MisconfigurationFinding, reason: string): void {
    this.#refused.add(keyOf(finding));
    this.#left.set(finding.id, reason);
  }

  outcome(remaining: readonly MisconfigurationFinding[]): Mended {
    for (const { id } of remaining) this.#left.set(id, 'the file needs more edits than are made at once: run it again');
    return { checked: this.#current, left: this.#left };
  }
}

/** Wanted findings of one check that have an edit: those of the worst check. */
function nextGroup(
  { findings }: CheckedText,
  isWanted: (finding: MisconfigurationFinding) => boolean,
): MisconfigurationFinding[] {
  const open = findings.filter((one) => one.fix !== undefined && isUndecided(one) && isWanted(one));
  const [first] = open.toSorted(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || compareTexts(a.id, b.id),
  );
  return open.filter(({ id }) => id === first?.id);
}

/** The same for a finding after lines above it have moved it. */
export function keyOf({ id, resource, message }: MisconfigurationFinding): string {
  return [id, resource?.kind, resource?.namespace, resource?.name, message].join('\0');
}
