import { open } from 'node:fs/promises';
import type { ChecksSummary } from '#checks/index.ts';
import { asList, asMembers, asText, entriesOf, memberOf, parseJsonText } from '#foundation/documents/index.ts';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import { type Decision, type FileLocation, type FindingBase, isSeverity, parseDigest } from '#model/index.ts';
import type { ScannedArtifact, ScanReport } from './report.ts';
import { allScanners, type Scanner } from './scanner.ts';

/**
 * What was kept of a scan in its JSON form, as far as later questions need it. A report that was just made is one too. Everything in it
 * comes from a file that somebody may have written by hand: texts are not yet printable.
 */
export interface SavedReport
  extends Pick<ScanReport, 'schema' | 'createdAt' | 'scanners' | 'checks' | 'problems' | 'assessment'> {
  readonly artifact: Pick<ScannedArtifact, 'kind' | 'name' | 'scheme' | 'manifestDigest' | 'configDigest'> & {
    /** The SBOM by whose word all else is said. */
    readonly document?: { readonly path: string };
  };
  readonly findings: readonly SavedFinding[];
  /** Reasons are those of a scan report; a later version may know more. */
  readonly unassessed: readonly { readonly reason: string; readonly message: string; readonly packages: number }[];
}

/** What findings of all kinds say of themselves, in the members that they have in common. */
export interface SavedFinding extends FindingBase {
  readonly title?: string;
  readonly message?: string;
  /** Of a vulnerability: in one sentence. */
  readonly summary?: string;
  /** Of a vulnerability: what its publisher says. */
  readonly state?: string;
  readonly package?: { readonly name: string; readonly version: string; readonly purl: string };
  /** Of a vulnerability that is known to be exploited. */
  readonly kev?: { readonly dateAdded: string };
  /** Of a secret. */
  readonly fingerprint?: string;
  /** Of malware. */
  readonly sha256?: string;
  readonly location?: Pick<FileLocation, 'path' | 'line'>;
  readonly resource?: { readonly kind: string; readonly name: string; readonly namespace?: string };
}

const MAX_BYTES = 512 * 1024 * 1024;
const SCHEMA = 'plimsoll.scan.v1';
const FAMILY = 'plimsoll.scan.';

/** Reads what `plimsoll scan --format json` wrote. An error says which file it is, and what to do. */
export async function readSavedReport(path: string): Promise<Result<SavedReport>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES) return err(`${path} has ${size} bytes; more than ${MAX_BYTES} are not read as a report`);
      return parseSavedReport(await file.readFile('utf8'), path);
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Pure. A record that cannot be read is an error and not left out: a report without it would look better than it is.
 *
 * @param file names it in messages
 */
export function parseSavedReport(text: string, file: string): Result<SavedReport> {
  const json = parseJsonText(text);
  if (!json.ok) return err(`${file} ${json.error}; plimsoll scan TARGET --format json -o FILE writes a report`);
  return savedReportOf(json.value, file);
}

/** The same, of a document that was parsed. */
export function savedReportOf(json: unknown, file: string): Result<SavedReport> {
  const schema = asText(memberOf(json, 'schema'));
  if (schema === undefined || !schema.startsWith(FAMILY))
    return err(`${file} is not a scan report; plimsoll scan TARGET --format json -o FILE writes one`);
  if (schema !== SCHEMA)
    return err(`${file} has the form ${JSON.stringify(schema.slice(0, 40))}; this version reads ${SCHEMA}: scan again`);
  try {
    return ok(reportOf(json));
  } catch (error) {
    if (error instanceof Unreadable) return err(`${file}: ${error.message}`);
    throw error;
  }
}

/** Ends the reading of a damaged report; caught where it began. */
class Unreadable extends Error {}

function reportOf(root: unknown): SavedReport {
  const scanners = listAt(root, 'scanners').map(scannerOf);
  const assessment = textAt(root, 'assessment', 'the report');
  if (assessment !== 'complete' && assessment !== 'incomplete') throw new Unreadable('assessment is no known word');
  const checks = checksOf(memberOf(root, 'checks'));
  if (checks === undefined && scanners.includes('misconfiguration'))
    throw new Unreadable('says that it looked for misconfiguration and not what it checked: scan again');
  return {
    schema: SCHEMA,
    createdAt: timeAt(root, 'createdAt'),
    artifact: artifactOf(memberOf(root, 'artifact')),
    scanners,
    ...(checks && { checks }),
    findings: findingsOf(root, scanners),
    unassessed: listAt(root, 'unassessed').map(unassessedOf),
    problems: listAt(root, 'problems').map(problemOf),
    assessment,
  };
}

/** An SBOM has none, as nobody looked; a scan that looked and has none was cut. */
function findingsOf(root: unknown, scanners: readonly Scanner[]): SavedFinding[] {
  const findings = memberOf(root, 'findings');
  if (findings === undefined && scanners.length === 0) return [];
  const list = asList(findings);
  if (list === undefined) throw new Unreadable('has no list of findings though something was looked for: scan again');
  return list.map(findingOf);
}

function scannerOf(value: unknown): Scanner {
  const known = allScanners.find((scanner) => scanner === value);
  if (known === undefined) throw new Unreadable(`scanners names ${shown(value)}, which this version does not know`);
  return known;
}

const SCHEMES: ReadonlySet<string> = new Set([
  'docker',
  'podman',
  'containerd',
  'registry',
  'archive',
  'oci',
  'rootfs',
  'directory',
  'cluster',
  'sbom',
  'host',
] satisfies ScannedArtifact['scheme'][]);

function artifactOf(value: unknown): SavedReport['artifact'] {
  const kind = textAt(value, 'kind', 'artifact');
  const scheme = textAt(value, 'scheme', 'artifact');
  if (kind !== 'image' && kind !== 'tree') throw new Unreadable(`artifact.kind is ${shown(kind)}, no known word`);
  if (!isScheme(scheme)) throw new Unreadable(`artifact.scheme is ${shown(scheme)}, no known word`);
  const manifestDigest = parseDigest(asText(memberOf(value, 'manifestDigest')) ?? '');
  const configDigest = parseDigest(asText(memberOf(value, 'configDigest')) ?? '');
  const document = asText(memberOf(memberOf(value, 'document'), 'path'));
  return {
    kind,
    scheme,
    name: textAt(value, 'name', 'artifact'),
    ...(manifestDigest.ok && { manifestDigest: manifestDigest.value }),
    ...(configDigest.ok && { configDigest: configDigest.value }),
    ...(document !== undefined && { document: { path: document } }),
  };
}

function isScheme(text: string): text is ScannedArtifact['scheme'] {
  return SCHEMES.has(text);
}

function findingOf(value: unknown, index: number): SavedFinding {
  const where = `findings[${index}]`;
  const severity = textAt(value, 'severity', where);
  if (!isSeverity(severity)) throw new Unreadable(`${where}.severity is ${shown(severity)}, no known word`);
  const location = memberOf(value, 'location');
  const path = asText(memberOf(location, 'path'));
  const line = memberOf(location, 'line');
  const decision = memberOf(value, 'decision');
  const owner = memberOf(value, 'package');
  const resource = memberOf(value, 'resource');
  const exploitedSince = asText(memberOf(memberOf(value, 'kev'), 'dateAdded'));
  return {
    kind: textAt(value, 'kind', where),
    id: textAt(value, 'id', where),
    severity,
    ...optionalTexts(value, ['title', 'message', 'summary', 'state', 'fingerprint', 'sha256']),
    ...(decision !== undefined && { decision: decisionOf(decision, where) }),
    ...(exploitedSince !== undefined && { kev: { dateAdded: exploitedSince } }),
    ...(asMembers(owner) && { package: packageOf(owner, where) }),
    ...(path !== undefined && { location: { path, ...(typeof line === 'number' && { line }) } }),
    ...(asMembers(resource) && { resource: resourceOf(resource, where) }),
  };
}

function packageOf(value: unknown, where: string): NonNullable<SavedFinding['package']> {
  const owner = `${where}.package`;
  return {
    name: textAt(value, 'name', owner),
    version: textAt(value, 'version', owner),
    purl: textAt(value, 'purl', owner),
  };
}

function resourceOf(value: unknown, where: string): NonNullable<SavedFinding['resource']> {
  return {
    kind: textAt(value, 'kind', where),
    name: textAt(value, 'name', where),
    ...optionalTexts(value, ['namespace']),
  };
}

const DECISION_SOURCES: readonly Decision['source'][] = ['exception', 'vex', 'baseline'];
const DECISION_STATES: readonly Decision['state'][] = [
  'not-affected',
  'fixed',
  'accepted',
  'false-positive',
  'deferred',
  'affected',
  'under-investigation',
];

function decisionOf(value: unknown, where: string): Decision {
  const source = DECISION_SOURCES.find((one) => one === memberOf(value, 'source'));
  const state = DECISION_STATES.find((one) => one === memberOf(value, 'state'));
  if (source === undefined || state === undefined) throw new Unreadable(`${where}.decision has no known word`);
  return {
    source,
    state,
    reason: textAt(value, 'reason', `${where}.decision`),
    statedIn: textAt(value, 'statedIn', `${where}.decision`),
    ...optionalTexts(value, ['justification', 'author', 'expires']),
  };
}

function checksOf(value: unknown): ChecksSummary | undefined {
  if (value === undefined) return undefined;
  const byCheck = asMembers(memberOf(value, 'byCheck'));
  if (byCheck === undefined)
    throw new Unreadable('checks does not say what each check found: an older version wrote it; scan again');
  return {
    documents: countAt(value, 'documents', 'checks'),
    evaluated: countAt(value, 'evaluated', 'checks'),
    failed: countAt(value, 'failed', 'checks'),
    byCheck: Object.fromEntries(entriesOf(byCheck).map(([id, tally]) => [id, tallyOf(tally, id)])),
    notAssessed: listAt(value, 'notAssessed').map(notAssessedOf),
  };
}

function notAssessedOf(value: unknown): ChecksSummary['notAssessed'][number] {
  const check = asText(memberOf(value, 'check'));
  return {
    path: textAt(value, 'path', 'checks.notAssessed'),
    reason: textAt(value, 'reason', 'checks.notAssessed'),
    ...(check !== undefined && { check }),
  };
}

function tallyOf(value: unknown, id: string): ChecksSummary['byCheck'][string] {
  const where = `checks.byCheck[${shown(id)}]`;
  return {
    passed: countAt(value, 'passed', where),
    failed: countAt(value, 'failed', where),
    notApplicable: countAt(value, 'notApplicable', where),
  };
}

function unassessedOf(value: unknown): SavedReport['unassessed'][number] {
  return {
    reason: textAt(value, 'reason', 'unassessed'),
    message: textAt(value, 'message', 'unassessed'),
    packages: countAt(value, 'packages', 'unassessed'),
  };
}

const EFFECTS: readonly Problem['effect'][] = ['incomplete', 'degraded', 'note'];

function problemOf(value: unknown): Problem {
  const effect = EFFECTS.find((one) => one === memberOf(value, 'effect'));
  if (effect === undefined) throw new Unreadable('problems has one without a known effect');
  return {
    code: textAt(value, 'code', 'problems'),
    message: textAt(value, 'message', 'problems'),
    effect,
    ...optionalTexts(value, ['subject']),
  };
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = asList(memberOf(value, name));
  if (list === undefined) throw new Unreadable(`has no list ${name}: it is damaged, or no whole report`);
  return list;
}

function textAt(value: unknown, name: string, where: string): string {
  const text = asText(memberOf(value, name));
  if (text === undefined) throw new Unreadable(`${where} has no ${name}: it is damaged, or no whole report`);
  return text;
}

function countAt(value: unknown, name: string, where: string): number {
  const count = memberOf(value, name);
  if (!Number.isSafeInteger(count) || Number(count) < 0) throw new Unreadable(`${where}.${name} is no count`);
  return Number(count);
}

function timeAt(value: unknown, name: string): string {
  const time = textAt(value, name, 'the report');
  if (Number.isNaN(Date.parse(time))) throw new Unreadable(`${name} is ${shown(time)}, no time`);
  return time;
}

function optionalTexts<Name extends string>(value: unknown, names: readonly Name[]): { readonly [N in Name]?: string } {
  const found: { [N in Name]?: string } = {};
  for (const name of names) {
    const text = asText(memberOf(value, name));
    if (text !== undefined) found[name] = text;
  }
  return found;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}
