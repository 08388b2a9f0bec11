import type { Advisory, AffectedPackage } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, readWhole } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asId, asName, asObject, asObjects, asText, asTexts, type JsonObject } from '../../documents/json-values.ts';

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_PACKAGES = 500_000;
const MAX_IDS = 10_000;
const CVE = /^CVE-\d{4}-\d{4,}$/;

/** Reads `{ distroversion, packages: [{ pkg: { name, secfixes: { VERSION: ["CVE-…", "CVE-… XSA-…"] } } }] }`. */
export async function* parseSecdb(document: AdvisoryDocument, feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  let database: JsonObject | undefined;
  try {
    database = asObject(JSON.parse((await readWhole(document, MAX_BYTES)).toString('utf8')));
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  const wrong = wrongDatabase(database, feed);
  if (wrong !== undefined) {
    yield [failure(document, wrong)];
    return;
  }
  const ecosystem = feed.ecosystems[0] ?? feed.id;
  const tally = new RecordTally();
  for (const item of asObjects(database?.['packages'], MAX_PACKAGES)) {
    yield parsePackage(asObject(item['pkg']) ?? {}, ecosystem, tally).map((advisory) => ({
      kind: 'advisory',
      advisory,
    }));
  }
  const asOf: FeedRecord[] = document.modified === undefined ? [] : [{ kind: 'as-of', date: document.modified }];
  yield [...asOf, ...tally.records()];
}

/** A mirror that keeps a file under the wrong name would answer for the wrong release. */
function wrongDatabase(database: JsonObject | undefined, feed: Feed): string | undefined {
  const packages = database?.['packages'];
  // A repository without any fix is written as no list at all.
  if (!Array.isArray(packages) && packages !== null && packages !== '') {
    return 'not a security database (no list of packages)';
  }
  const branch = asText(database?.['distroversion']);
  const expected = /^(v\d+\.\d+|edge)-/.exec(feed.id)?.[1];
  if (branch === undefined || expected === undefined || branch === expected) return undefined;
  return `speaks of ${branch.slice(0, 40)}, not of ${expected}`;
}

function parsePackage(pkg: JsonObject, ecosystem: string, tally: RecordTally): Advisory[] {
  const name = asName(pkg['name']);
  const fixes = asObject(pkg['secfixes']);
  if (name === undefined || fixes === undefined) {
    tally.add(
      'secdb-package-unreadable',
      'incomplete',
      'packages could not be read and were left out',
      asText(pkg['name']),
    );
    return [];
  }
  const found = new Map<string, Statement>();
  for (const [version, ids] of Object.entries(fixes)) {
    for (const names of asTexts(ids, MAX_IDS)) addFix(found, version, names, () => unreadableId(tally, name, names));
  }
  return [...found].map(([id, statement]) => advisoryOf(id, statement, ecosystem, name));
}

function unreadableId(tally: RecordTally, name: string, text: string): void {
  tally.add(
    'secdb-id-unreadable',
    'incomplete',
    'vulnerability ids could not be read and were left out',
    `${name}: ${text}`,
  );
}

interface Statement {
  readonly aliases: Set<string>;
  readonly fixed: string[];
}

/**
 * One entry names one fix: `CVE-2016-9932 XSA-200` is one vulnerability under two names, `CVE-2017-10913 CVE-2017-10914
 * XSA-218` are two that were announced together. Ids that Alpine has split itself (`CVE-2017-17434-1`) stand for the CVE.
 */
function addFix(found: Map<string, Statement>, version: string, text: string, unreadable: () => void): void {
  const names = text.split(/[\s,]+/).filter((word) => asId(word) !== undefined && /\d|^GHSA-/.test(word));
  const ids = names.map((word) => /^(CVE-\d{4}-\d{4,})-\d+$/.exec(word)?.[1] ?? word);
  const cves = [...new Set(ids.filter((id) => CVE.test(id)))];
  const main = cves.length > 0 ? cves : ids.slice(0, 1);
  if (main.length === 0 || asName(version) === undefined) {
    unreadable();
    return;
  }
  const others = main.length === 1 ? ids.filter((id) => id !== main[0]) : [];
  for (const id of main) {
    const statement = found.get(id) ?? { aliases: new Set<string>(), fixed: [] };
    if (!statement.fixed.includes(version)) statement.fixed.push(version);
    for (const other of others) statement.aliases.add(other);
    found.set(id, statement);
  }
}

function advisoryOf(id: string, { aliases, fixed }: Statement, ecosystem: string, name: string): Advisory {
  return {
    id,
    source: 'alpine-secdb',
    aliases: [...aliases],
    bundles: [],
    scores: [],
    references: ecosystem.startsWith('alpine:')
      ? [`https://security.alpinelinux.org/vuln/${encodeURIComponent(id)}`]
      : [],
    affected: [affectedOf(fixed, ecosystem, name)],
  };
}

/**
 * Version `0` says that the package never was affected. A vulnerability listed at several versions was fixed in steps:
 * only the last one is whole, and the union of "below A" and "below B" says just that.
 */
function affectedOf(fixed: readonly string[], ecosystem: string, name: string): AffectedPackage {
  const versions = fixed.filter((version) => version !== '0');
  return {
    ecosystem,
    name,
    subject: 'source',
    scheme: 'apk',
    status: versions.length === 0 ? 'not-affected' : 'fixed',
    ranges: versions.map((version) => ({ fixed: version })),
    versions: [],
  };
}
