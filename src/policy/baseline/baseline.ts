import { asList, asMembers, asText, parseJsonText, textsOf } from '#foundation/documents/index.ts';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import { type FindingBase, isClosing } from '#model/index.ts';
import type { Decided } from '../exceptions/apply.ts';
import { findingKey } from '../finding-key.ts';
import { isOpen } from '../subject.ts';

/** The findings that were there when somebody drew a line: what is new stands out from them. */
export interface Baseline {
  readonly schema: 'plimsoll.baseline.v1';
  /** ISO 8601. */
  readonly createdAt: string;
  /** What was scanned, for a reader. */
  readonly artifact: string;
  /** Keys of the open findings (`findingKey`), sorted, each once. */
  readonly findings: readonly string[];
}

const baselineSchema = 'plimsoll.baseline.v1';
const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_FINDINGS = 500_000;

export function baselineOf(findings: readonly FindingBase[], of: Pick<Baseline, 'createdAt' | 'artifact'>): Baseline {
  const keys = new Set(findings.filter(isOpen).map(findingKey));
  return { schema: baselineSchema, createdAt: of.createdAt, artifact: of.artifact, findings: [...keys].sort() };
}

/** One finding a line, so that a change of it can be read as a difference. */
export function renderBaseline(baseline: Baseline): string {
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

export function parseBaseline(text: string, file: string): Result<Baseline> {
  if (text.length > MAX_CHARACTERS) return err(`${file} has more than ${MAX_CHARACTERS} characters; it is no baseline`);
  const json = parseJsonText(text);
  if (!json.ok) return err(`${file} ${json.error}; write it anew with --write-baseline`);
  const document = asMembers(json.value);
  if (document?.['schema'] !== baselineSchema)
    return err(`${file} is no baseline: its schema is not ${baselineSchema}`);
  const listed = asList(document['findings']);
  const findings = textsOf(listed ?? []);
  if (listed === undefined || findings.length !== listed.length || listed.length > MAX_FINDINGS)
    return err(`${file} is no baseline: "findings" is not a list of at most ${MAX_FINDINGS} texts`);
  const [createdAt = '', artifact = ''] = [asText(document['createdAt']), asText(document['artifact'])];
  return ok({ schema: baselineSchema, createdAt, artifact, findings });
}

/** Findings that stand in the baseline are accepted by it, unless something has closed them already. `statedIn`: the baseline's file. */
export function applyBaseline<F extends FindingBase>(
  findings: readonly F[],
  baseline: Baseline,
  statedIn: string,
): Decided<F> {
  const known = new Set(baseline.findings);
  const met = new Set<string>();
  const reason = `known since the baseline${baseline.createdAt === '' ? '' : ` of ${baseline.createdAt.slice(0, 10)}`}`;
  let accepted = 0;
  const decided = findings.map((finding) => {
    const key = findingKey(finding);
    if (!known.has(key)) return finding;
    met.add(key);
    if (finding.decision && isClosing(finding.decision)) return finding;
    accepted += 1;
    return { ...finding, decision: { source: 'baseline' as const, state: 'accepted' as const, reason, statedIn } };
  });
  return { findings: decided, problems: baselineNotes(accepted, known.size - met.size, statedIn) };
}

function baselineNotes(accepted: number, gone: number, statedIn: string): Problem[] {
  const notes: Problem[] = [];
  const add = (code: string, message: string): void => {
    notes.push({ code, message, effect: 'note', subject: statedIn });
  };
  if (accepted > 0) add('baseline-applied', `${accepted} findings stand in the baseline and do not count.`);
  if (gone > 0)
    add('baseline-outdated', `${gone} findings of the baseline are no longer there; write it anew to keep them out.`);
  return notes;
}
