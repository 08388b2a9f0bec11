import { type FindingBase, type Severity, severities, severityRank } from '#model/index.ts';
import { isVulnerability } from '#vulnerability/index.ts';
import { isOpen, subjectOf } from './subject.ts';

export interface GateOptions {
  /** At least this severe; `any` lets nothing through, rated or not. */
  readonly failOn: Severity | 'any';
  /** Of the vulnerabilities only those count that can be fixed today. */
  readonly onlyFixed?: boolean;
}

export interface GateResult<F> {
  readonly pass: boolean;
  /** What stands against it. */
  readonly failing: readonly F[];
  /** Open findings that nobody has rated: they do not fail a gate for a severity, and a reader should know of them. */
  readonly unrated: number;
  /** `3 vulnerabilities in 5 packages (1 critical, 2 high); 1 secret in 1 file (1 high)`. */
  readonly message: string;
}

/**
 * Whether the findings let an artifact pass. What a publisher declared not affected, and what somebody closed by a decision
 * (exception, VEX, baseline), never counts; all else does.
 */
export function gate<F extends FindingBase>(findings: readonly F[], options: GateOptions): GateResult<F> {
  const counted = findings.filter((finding) => isOpen(finding) && !(options.onlyFixed && isWithoutFix(finding)));
  const limit = options.failOn === 'any' ? severityRank('unknown') : severityRank(options.failOn);
  const failing = counted.filter((finding) => severityRank(finding.severity) <= limit);
  const unrated = counted.filter((finding) => finding.severity === 'unknown').length;
  return { pass: failing.length === 0, failing, unrated, message: messageOf(failing, limit, unrated) };
}

function isWithoutFix(finding: FindingBase): boolean {
  return isVulnerability(finding) && finding.state !== 'fixed';
}

function messageOf(failing: readonly FindingBase[], limit: number, unrated: number): string {
  const isUnratedCounted = limit >= severityRank('unknown');
  const besides = unrated > 0 && !isUnratedCounted ? `; ${unrated} without a rating not counted` : '';
  if (failing.length === 0) return `nothing stands against it${besides}`;
  const kinds = [...new Set(failing.map(({ kind }) => kind))];
  return `${kinds.map((kind) => kindMessage(kind, failing)).join('; ')}${besides}`;
}

/** How findings of a kind are called, and the things that they are in: one and many. */
const WORDS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['vulnerability', ['vulnerability', 'vulnerabilities']],
  ['secret', ['secret', 'secrets']],
  ['malware', ['malware finding', 'malware findings']],
  ['misconfiguration', ['misconfiguration', 'misconfigurations']],
  ['licence', ['licence finding', 'licence findings']],
]);

function kindMessage(kind: string, failing: readonly FindingBase[]): string {
  const ofKind = failing
    .filter((finding) => finding.kind === kind)
    .map((finding) => ({ finding, subject: subjectOf(finding) }));
  // A vulnerability is one however many packages have it; of all other kinds every finding counts.
  const things = new Map<string, Severity>(
    ofKind.map(({ finding }, index) => [kind === 'vulnerability' ? finding.id : String(index), finding.severity]),
  );
  const packages = new Set(ofKind.flatMap(({ subject }) => subject.package?.purl ?? []));
  const files = new Set(
    ofKind.flatMap(({ subject }) => (subject.package ? [] : subject.locations.map(({ path }) => path))),
  );
  const places = [
    ...(packages.size > 0 ? [plural(packages.size, ['package', 'packages'])] : []),
    ...(files.size > 0 ? [plural(files.size, ['file', 'files'])] : []),
  ];
  const where = places.length > 0 ? ` in ${places.join(' and ')}` : '';
  return `${plural(things.size, WORDS.get(kind) ?? [`${kind} finding`, `${kind} findings`])}${where} (${rated([...things.values()])})`;
}

function rated(all: readonly Severity[]): string {
  return severities
    .map((severity) => [all.filter((one) => one === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`)
    .join(', ');
}

function plural(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}
