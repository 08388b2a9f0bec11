import type { SubjectKind } from '#checks/index.ts';
import type { SavedReport } from '#scan/index.ts';
import type { MissingEvidence } from '../report.ts';

type FindingKind = SavedReport['scanners'][number];

const kindWords: Readonly<Record<FindingKind, string>> = {
  vulnerability: 'vulnerabilities',
  secret: 'secrets',
  malware: 'malware',
  licence: 'licences',
  misconfiguration: 'misconfiguration',
};

const subjectWords: Readonly<Record<SubjectKind, string>> = {
  cluster: 'cluster',
  dockerfile: 'Dockerfile',
  compose: 'Compose file',
  kubernetes: 'Kubernetes manifest',
  'image-config': 'image configuration',
  container: 'running container',
  'docker-host': 'Docker host',
  host: 'host',
};

/** Nothing was looked through for this. */
export function notLookedFor(kind: Exclude<FindingKind, 'misconfiguration'>): MissingEvidence {
  return {
    why: `nothing that was scanned was looked through for ${kindWords[kind]}`,
    how: `plimsoll scan TARGET --scanners ${scannersFor(kind)} --format json -o scan.json, then --from scan.json`,
    source: 'scan',
  };
}

function scannersFor(kind: FindingKind): string {
  return kind === 'vulnerability' ? kind : `vulnerability,${kind}`;
}

/** No document of any of these kinds was there to be checked. */
export function nothingToCheck(subjects: readonly SubjectKind[]): MissingEvidence {
  const scanned = subjects.filter((subject) => !isAudited(subject));
  const audited = subjects.filter(isAudited);
  const audit = `plimsoll audit ${auditParts(audited)} --format json -o audit.json, then --from audit.json`;
  const scan = `plimsoll scan ${scanTarget(scanned)} --format json -o scan.json, then --from scan.json`;
  const ways = [...(scanned.length > 0 ? [scan] : []), ...(audited.length > 0 ? [audit] : [])];
  return {
    why: `no ${subjects.map((subject) => subjectWords[subject]).join(' or ')} was among what was checked`,
    how: ways.join('; or '),
    source: 'scan',
  };
}

function scanTarget(subjects: readonly SubjectKind[]): string {
  if (subjects.every((subject) => subject === 'image-config')) return 'IMAGE';
  return subjects.includes('image-config') ? 'IMAGE or DIRECTORY' : 'DIRECTORY';
}

function auditParts(subjects: readonly SubjectKind[]): string {
  return subjects.every((subject) => subject === 'cluster') ? 'cluster' : 'host docker';
}

/** Asked of evidence of a machine or a cluster, and not of what a scan opens. */
function isAudited(subject: SubjectKind): boolean {
  return subject === 'cluster' || subject === 'container' || subject === 'docker-host' || subject === 'host';
}

/** Manifests were checked, and none of them is about what these checks ask. */
export function noSuchManifest(ids: readonly string[]): MissingEvidence {
  const shown = ids.slice(0, 3).join(', ');
  return {
    why: `none of the manifests that were checked is about it (${shown}${ids.length > 3 ? ', …' : ''})`,
    how: 'scan a directory with the manifests that are, and add it with --from',
    source: 'scan',
  };
}

export function checksNotAsked(ids: readonly string[]): MissingEvidence {
  return {
    why: `${ids.length === 1 ? 'the check' : 'the checks'} ${ids.join(', ')} ${ids.length === 1 ? 'was' : 'were'} not asked`,
    how: 'scan again without --skip-checks',
    source: 'scan',
  };
}

/** Why "none found" is not yet "there is none", for findings of a kind over all reports. */
export function findingGaps(
  kind: Exclude<FindingKind, 'misconfiguration'>,
  reports: readonly SavedReport[],
): MissingEvidence[] {
  return reports.flatMap((report) => {
    if (!report.scanners.includes(kind)) return [otherReportNotLookedThrough(kind, report)];
    return [
      ...leftOut(report),
      ...(kind === 'vulnerability' || kind === 'licence' ? packageGaps(kind, report) : []),
      ...holes(report),
    ];
  });
}

function otherReportNotLookedThrough(kind: FindingKind, { artifact }: SavedReport): MissingEvidence {
  return {
    why: `${artifact.name} was not looked through for ${kindWords[kind]}`,
    how: artifact.document
      ? 'scan the artifact itself: an SBOM has no files to look into'
      : `plimsoll scan ${artifact.name} --scanners ${scannersFor(kind)} --format json -o scan.json`,
    source: 'scan',
  };
}

/** Why "no check failed" is not yet "all is well". */
export function checkGaps(
  ids: readonly string[],
  subjects: readonly SubjectKind[],
  reports: readonly SavedReport[],
): MissingEvidence[] {
  return reports.flatMap((report) => {
    if (report.checks === undefined) return isCheckable(report) ? [otherReportNotChecked(report)] : [];
    return report.checks.notAssessed
      .filter(({ path, check }) =>
        check === undefined ? subjectsOf(path).some((subject) => subjects.includes(subject)) : ids.includes(check),
      )
      .map(({ path, reason, check }) => ({
        why:
          check === undefined
            ? `${path} in ${report.artifact.name} could not be checked: ${reason}`
            : `${check} could not be answered for ${path} of ${report.artifact.name}: ${reason}`,
        how:
          check === undefined
            ? 'mend the file, or check what it is made into'
            : 'audit the machine again where the evidence can be read: as root, with the engine running',
        source: 'scan' as const,
      }));
  });
}

/** An image has a configuration and a directory of sources has files of it; an unpacked system, a host and an SBOM have neither. */
function isCheckable({ artifact }: SavedReport): boolean {
  return artifact.document === undefined && (artifact.kind === 'image' || artifact.scheme === 'directory');
}

function otherReportNotChecked({ artifact }: SavedReport): MissingEvidence {
  return {
    why: `the configuration of ${artifact.name} was not checked`,
    how: `plimsoll scan ${artifact.name} --format json -o scan.json`,
    source: 'scan',
  };
}

/** What a file that could not be read would have been, by its name; all of them where that does not tell. */
function subjectsOf(path: string): readonly SubjectKind[] {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.includes('dockerfile') || name.includes('containerfile')) return ['dockerfile'];
  if (/\.(?:ya?ml|json)$/.test(name)) return ['kubernetes', 'compose'];
  return ['dockerfile', 'kubernetes', 'compose', 'image-config'];
}

/** A report that was asked to show less says less. */
function leftOut({ problems, artifact }: SavedReport): MissingEvidence[] {
  const narrowed = problems.find(({ code }) => code === 'findings-not-shown');
  if (narrowed === undefined) return [];
  return [
    {
      why: `the report on ${artifact.name} leaves findings out: ${narrowed.message}`,
      how: 'scan again without --severity and --only-fixed',
      source: 'scan',
    },
  ];
}

function packageGaps(
  kind: 'vulnerability' | 'licence',
  { problems, unassessed, artifact }: SavedReport,
): MissingEvidence[] {
  const narrowed = problems.find(({ code }) => code === 'packages-narrowed');
  const open = kind === 'licence' ? [] : unassessed.filter(({ reason }) => reason !== 'third-party-package');
  return [
    ...(narrowed === undefined
      ? []
      : [
          {
            why: `${artifact.name}: ${narrowed.message}`,
            how: 'scan again without --package-types system',
            source: 'scan' as const,
          },
        ]),
    ...open.map(({ message }) => ({
      why: `${artifact.name}: ${message}`,
      how: 'the scan report says what to do about it',
      source: 'scan' as const,
    })),
  ];
}

/** Something may be missing from the whole answer. */
function holes({ problems, artifact }: SavedReport): MissingEvidence[] {
  return problems
    .filter(({ effect }) => effect === 'incomplete')
    .map(({ message, subject }) => ({
      why: `${artifact.name}: ${message}${subject === undefined ? '' : ` (${subject})`}`,
      how: 'the scan report says what to do about it',
      source: 'scan' as const,
    }));
}
