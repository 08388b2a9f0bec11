import { compareTexts } from '#foundation/index.ts';
import { severityRank } from '#model/index.ts';
import { isOpen } from '#policy/index.ts';
import type { Finding, ScanReport } from '#scan/index.ts';
import { repositoryPath } from './repository-path.ts';
import { type Described, describe } from './sarif/kinds/index.ts';

/** An open finding as something that is written beside a line. */
export interface Annotation extends Described {
  readonly finding: Finding;
  /** Inside the repository that was scanned; absent where the file lies elsewhere, as in an image. */
  readonly file?: string;
}

/** What is open, the worst first; then by place. */
export function* annotationsOf(report: ScanReport): Iterable<Annotation> {
  for (const finding of openFindings(report)) {
    const described = describe(finding);
    const file = repositoryPath(report, described.path);
    yield { ...described, finding, ...(file !== undefined && { file }) };
  }
}

function openFindings({ findings }: Pick<ScanReport, 'findings'>): Finding[] {
  return findings
    .filter(isOpen)
    .sort(
      (a, b) =>
        severityRank(a.severity) - severityRank(b.severity) ||
        compareTexts(pathOf(a), pathOf(b)) ||
        lineOf(a) - lineOf(b),
    );
}

function pathOf(finding: Finding): string {
  if ('location' in finding) return finding.location?.path ?? '';
  return 'package' in finding ? finding.package.origin.path : '';
}

function lineOf(finding: Finding): number {
  return 'location' in finding ? (finding.location?.line ?? 0) : 0;
}
