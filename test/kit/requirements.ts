import { checkFiles } from '#checks/index.ts';
import { assessCompliance, type Requirement } from '#compliance/index.ts';
import type { SavedFinding, SavedReport } from '#scan/index.ts';
import { controls, type Framework } from '#standards/index.ts';

export type Files = Readonly<Record<string, string>>;

const today = '2026-11-24';

/**
 * What is known of each clause, by its number, when nothing but these files was looked at.
 *
 * @param files Dockerfiles and, ending in `.yaml`, manifests and Compose files
 * @param found what was found besides misconfiguration
 */
export function requirementsOf(
  framework: Framework,
  files: Files,
  found: readonly SavedFinding[] = [],
): ReadonlyMap<string, Requirement> {
  const evidence = { reports: [reportOf(files, found)], attestations: [], now: today };
  const [assessment] = assessCompliance([framework], controls, evidence).frameworks;
  return new Map(assessment?.requirements.map((requirement) => [requirement.clause, requirement]));
}

/** Numbers of clauses that something stands against, in the order of the publication. */
export function redClauses(framework: Framework, files: Files, found: readonly SavedFinding[] = []): string[] {
  return [...requirementsOf(framework, files, found).values()]
    .filter(({ state }) => state === 'fail')
    .map(({ clause }) => clause);
}

function reportOf(files: Files, found: readonly SavedFinding[]): SavedReport {
  const readings = Object.entries(files).map(([path, text]) => {
    return { path, fragment: { kind: path.endsWith('.yaml') ? 'yaml' : 'dockerfile', text } as const };
  });
  const { findings, summary, problems } = checkFiles(readings, { today });
  return {
    schema: 'plimsoll.scan.v1',
    createdAt: today,
    artifact: { kind: 'tree', name: 'shop', scheme: 'directory' },
    scanners: ['vulnerability', 'secret', 'malware', 'misconfiguration'],
    findings: [...found, ...findings],
    checks: summary,
    unassessed: [],
    problems,
    assessment: 'complete',
  };
}
