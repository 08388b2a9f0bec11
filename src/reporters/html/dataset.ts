import type { AffectedStatus } from '#advisory/index.ts';
import { printable } from '#foundation/index.ts';
import { type InstalledPackage, type Severity, severities } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { MatchEvidence, VulnerabilityFinding } from '#vulnerability/index.ts';
import { packageKey } from '../identity.ts';
import { jsonText, lazily, Rows } from '../json-text.ts';
import { vulnerabilitiesOf } from '../tally.ts';
import { vulnerabilityPage, webAddress } from '../web-address.ts';
import { stateWords } from '../wording.ts';

const states = Object.keys(stateWords) as AffectedStatus[];

/**
 * What the page's script works on: tables that refer to each other by position, because the same package and the same
 * vulnerability stand in many findings. `browser/report.js` reads exactly this.
 */
export function datasetText(report: ScanReport): Iterable<string> {
  const packages = new Table<InstalledPackage>(packageKey);
  for (const one of report.packages) packages.indexOf(one);
  const vulnerabilities = new Table<VulnerabilityFinding>(({ id, summary, references, published }) =>
    [id, summary, published, ...references].join('\0'),
  );
  const rows = vulnerabilitiesOf(report).map((one) =>
    findingRow(one, vulnerabilities.indexOf(one), packages.indexOf(one.package)),
  );
  return escapeForScript(
    jsonText({
      severities,
      states: states.map((id) => ({ id, words: stateWords[id] })),
      packages: new Rows(lazily(packages.items, packageRow)),
      vulnerabilities: new Rows(lazily(vulnerabilities.items, vulnerabilityRow)),
      findings: new Rows(rows),
    }),
  );
}

/** Items by position, each once. */
class Table<T> {
  readonly items: T[] = [];
  readonly #positions = new Map<string, number>();
  readonly #keyOf: (item: T) => string;

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf;
  }

  indexOf(item: T): number {
    const key = this.#keyOf(item);
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    this.#positions.set(key, this.items.length);
    return this.items.push(item) - 1;
  }
}

function findingRow(one: VulnerabilityFinding, vulnerability: number, owner: number): unknown {
  return {
    v: vulnerability,
    p: owner,
    s: severities.indexOf(one.severity satisfies Severity),
    t: states.indexOf(one.state),
    fixed: text(one.fixedVersion),
    by: text(one.severitySource),
    evidence: one.evidence.map(evidenceText),
  };
}

function vulnerabilityRow(one: VulnerabilityFinding): unknown {
  const { kev, epss } = one.enrichment;
  return {
    id: text(one.id),
    page: vulnerabilityPage(one.id),
    aliases: one.aliases.length === 0 ? undefined : one.aliases.map(text),
    summary: text(one.summary),
    published: text(one.published?.slice(0, 10)),
    scores:
      one.scores.length === 0
        ? undefined
        : one.scores.map((score) => text(`${score.type.replace('_', ' ')}: ${score.value}`)),
    references: one.references.flatMap((reference) => webAddress(reference) ?? []),
    kev:
      kev &&
      text(
        `since ${kev.dateAdded}${kev.ransomware ? ', in ransomware campaigns' : ''}${kev.dueDate === undefined ? '' : `; to be fixed by ${kev.dueDate}`}`,
      ),
    epss: epss?.probability,
    percentile: epss?.percentile,
  };
}

function packageRow(one: InstalledPackage): unknown {
  return {
    name: text(one.name),
    version: text(one.version),
    type: one.type,
    architecture: text(one.architecture),
    source: one.source && text(one.source.name),
    sourceVersion: one.source && text(one.source.version),
    licences: one.licences.length === 0 ? undefined : one.licences.map(text),
    maintainer: text(one.vendor ?? one.maintainer),
    purl: text(one.purl),
    path: text(one.origin.path),
    cataloger: one.cataloger,
    layer: one.origin.layer?.index,
    part: one.origin.layer?.part,
    instruction: text(one.origin.layer?.instruction),
  };
}

/** One sentence a reader can check by hand against the publisher's own data. */
function evidenceText({
  source,
  advisoryId,
  ecosystem,
  name,
  version,
  subject,
  range,
  note,
  verdict,
}: MatchEvidence): string {
  const from = range?.introduced === undefined ? '' : `from ${range.introduced} `;
  const to =
    range?.fixed !== undefined
      ? `before ${range.fixed}`
      : range?.lastAffected !== undefined
        ? `up to ${range.lastAffected}`
        : '';
  const affected = `${from}${to}`.trim() === '' ? 'every version' : `${from}${to}`.trim();
  const said = note === undefined ? '' : ` (${note})`;
  return printable(
    `${source} ${advisoryId}, ${ecosystem}: ${subject} ${name} ${affected} is ${verdict === 'not-affected' ? 'not affected' : 'affected'}; installed is ${version}${said}`,
  );
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : printable(value);
}

/** Inside a script element `</script` and `<!--` would end or change it; no character of markup stays. */
function* escapeForScript(texts: Iterable<string>): Iterable<string> {
  for (const one of texts) yield one.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
