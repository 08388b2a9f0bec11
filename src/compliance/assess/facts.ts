import { isClosing, severityRank } from '#model/index.ts';
import { findingKey, isOpen } from '#policy/index.ts';
import type { SavedFinding, SavedReport } from '#scan/index.ts';
import type { Fact } from '../report.ts';
import type { ReportedFinding } from './evidence.ts';

/** Of what stands against a part so many are evidence enough; all are counted, and the scan report lists them. */
const LISTED = 100;

interface SortedFindings {
  /** The worst first. */
  readonly failing: readonly Fact[];
  readonly failingCount: number;
  /** All of them: each is somebody's decision. */
  readonly accepted: readonly Fact[];
}

/** Of the findings that a part is about: those that stand against it, and those that would, had nobody accepted them. */
export function sortFindings(about: readonly ReportedFinding[]): SortedFindings {
  const failing = about.filter(({ finding }) => isOpen(finding));
  const accepted = about.filter(({ finding }) => isAccepted(finding));
  const facts = (list: readonly ReportedFinding[], most: number) =>
    list
      .toSorted((a, b) => severityRank(a.finding.severity) - severityRank(b.finding.severity))
      .slice(0, most)
      .map(({ report, finding }) => factOf(finding, report));
  return {
    failing: facts(failing, LISTED),
    failingCount: failing.length,
    accepted: facts(accepted, Number.POSITIVE_INFINITY),
  };
}

/**
 * It is so, and somebody lives with it. A decision that it is not so (false positive, not affected, fixed) leaves nothing that would stand
 * against anything; a baseline only says that it was there before.
 */
function isAccepted({ decision }: SavedFinding): boolean {
  if (decision === undefined || !isClosing(decision)) return false;
  return decision.state === 'accepted' || decision.state === 'deferred' || decision.source === 'baseline';
}

function factOf(finding: SavedFinding, { artifact }: SavedReport): Fact {
  const { kind, id, severity, decision } = finding;
  return {
    key: `${artifact.name}\0${findingKey(finding)}`,
    kind,
    id,
    severity,
    message: messageOf(finding),
    place: placeOf(finding),
    artifact: artifact.name,
    ...(decision && { decision }),
  };
}

function messageOf({ message, title, summary, package: owner }: SavedFinding): string {
  const said = message ?? title ?? summary ?? '';
  if (owner === undefined) return said;
  const where = `${owner.name} ${owner.version}`;
  return said === '' ? where : `${where}: ${said}`;
}

function placeOf({ location, resource }: SavedFinding): string {
  const file =
    location === undefined ? '' : `${location.path}${location.line === undefined ? '' : `:${location.line}`}`;
  if (resource === undefined) return file;
  const kind = resource.kind.split('/').at(-1) ?? resource.kind;
  return `${file}, ${kind} ${resource.name}`;
}
