import type { Severity } from '#model/index.ts';
import type { PolicyDecision } from '#policy/verdict/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { repositoryPath } from './repository-path.ts';
import { decisionWords } from './wording.ts';

/** What a policy decided about one object, as something that is written beside a line. */
export interface DecisionNote {
  readonly outcome: PolicyDecision['outcome'];
  readonly policy: string;
  readonly title: string;
  readonly severity: Severity;
  /** The whole sentence, with what decided and what would change it. */
  readonly message: string;
  /** File of the artifact or of the repository; the artifact itself where it is about no file. */
  readonly path: string;
  /** Inside the repository that was scanned. */
  readonly file?: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** What stays the same in the next run. */
  readonly identity: readonly string[];
  /** What covers it, in words. */
  readonly exception?: string;
}

/** Decisions of policies, the worst first. */
export function decisionNotes(report: ScanReport): DecisionNote[] {
  return (report.verdict?.decisions ?? []).map((decision) => noteOf(decision, report));
}

/** What counts against what was scanned: denials, and what policies only warn of. */
export function openDecisionNotes(report: ScanReport): DecisionNote[] {
  return decisionNotes(report).filter(({ outcome }) => outcome === 'denied' || outcome === 'warned');
}

function noteOf(decision: PolicyDecision, report: ScanReport): DecisionNote {
  const { outcome, policy, title, severity, object, exception } = decision;
  const { path, line, column, isFile } = placeOf(decision.place);
  const file = isFile ? repositoryPath(report, path) : undefined;
  return {
    outcome,
    policy,
    title,
    severity,
    message: messageOf(decision),
    path,
    ...(file !== undefined && { file }),
    line,
    column,
    identity: ['policy', policy, object, path, decision.statedIn ?? ''],
    ...(exception && { exception: decisionWords(exception) }),
  };
}

/** `deploy.yaml:1:1`; anything else has no line. */
function placeOf(place: string) {
  const [, path, line, column] = /^(.{1,4000}):(\d{1,9}):(\d{1,9})$/s.exec(place) ?? [];
  if (path === undefined) return { path: place, line: 1, column: 1, isFile: false };
  return { path, line: Math.max(1, Number(line)), column: Math.max(1, Number(column)), isFile: true };
}

const outcomes: Readonly<Record<PolicyDecision['outcome'], string>> = {
  denied: 'denied',
  warned: 'warned of',
  audited: 'noted',
  excepted: 'let through by an exception',
  ignored: 'let through after an error',
};

function messageOf({ outcome, policy, object, message, because, wouldPass, remediation }: PolicyDecision): string {
  const reason = because.length === 0 ? '' : ` Because ${because.join('; ')}.`;
  const change = wouldPass === undefined ? '' : ` It would pass if ${wouldPass}.`;
  const advice = remediation === undefined ? '' : ` ${remediation}`;
  return `${object} is ${outcomes[outcome]} by the policy ${policy}: ${message}.${reason}${change}${advice}`.replaceAll(
    '..',
    '.',
  );
}
