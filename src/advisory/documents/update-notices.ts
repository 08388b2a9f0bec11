import { childOf, childrenOf, textOf, type XmlElement } from '#foundation/documents/index.ts';
import type { Advisory, AffectedPackage } from '../advisory.ts';
import type { FeedRecord } from '../advisory-source.ts';
import { packageKey } from '../ecosystem.ts';
import { severityFromWord } from '../severity-words.ts';
import type { AdvisoryDocument } from './document.ts';
import { failure, RecordTally } from './feed-records.ts';
import { asDate, asId, asLine, asLinks, asName } from './json-values.ts';
import { xmlElements } from './xml-elements.ts';

const LIMITS = { maxBytes: 4 * 1024 ** 3, maxElementBytes: 16 * 1024 * 1024 };
const MAX_REFERENCES = 5000;
const CVE = /^CVE-\d{4}-\d{4,19}$/;

/** How a distribution writes its `updateinfo.xml`. */
export interface NoticeStyle {
  readonly source: string;
  /** The ecosystem key that every package of the document is of. */
  ecosystem(notice: XmlElement): string | undefined;
  /** Where the reader finds the notice, when it does not say. */
  link?(id: string): string;
  /** Which vulnerabilities a notice names; CVE references by default. */
  vulnerabilities?(notice: XmlElement): readonly string[];
}

/**
 * Reads `updateinfo.xml`, the form in which repositories of rpm packages tell their users what an update is for:
 * `<update type="security"><id/><severity/><references><reference type="cve" id="…"/></references><pkglist>…`. Notices of
 * other types, and security notices that name no vulnerability, are left out and counted.
 *
 * https://github.com/rpm-software-management/createrepo_c (updateinfo)
 */
export async function* parseUpdateNotices(
  document: AdvisoryDocument,
  style: NoticeStyle,
): AsyncGenerator<readonly FeedRecord[]> {
  const tally = new RecordTally();
  let latest = '';
  let read = 0;
  try {
    for await (const elements of xmlElements(document.stream(LIMITS.maxBytes), ['update'], LIMITS.maxElementBytes)) {
      const records: FeedRecord[] = [];
      for (const element of elements) {
        const advisory = element.ok ? parseNotice(element.value, style, tally) : unreadable(tally, element.error);
        if (element.ok) read += 1;
        if (advisory === undefined) continue;
        const date = advisory.modified ?? advisory.published ?? '';
        if (date > latest && date <= (document.modified ?? '9')) latest = date;
        records.push({ kind: 'advisory', advisory });
      }
      yield records;
    }
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  if (read === 0) yield [failure(document, 'holds no readable notice')];
  else yield [...(latest === '' ? [] : [{ kind: 'as-of', date: latest } as const]), ...tally.records()];
}

function unreadable(tally: RecordTally, subject: string): undefined {
  tally.add('notice-unreadable', 'incomplete', 'notices could not be read and were left out', subject);
}

function parseNotice(notice: XmlElement, style: NoticeStyle, tally: RecordTally): Advisory | undefined {
  const id = asId(textOf(notice, 'id'));
  if (id === undefined) return unreadable(tally, textOf(notice, 'id') ?? 'a notice without an id');
  const type = notice.attributes.get('type');
  if (type !== undefined && type !== 'security') {
    tally.add(
      'notice-without-vulnerability',
      'note',
      'notices of updates that mend no vulnerability were left out',
      id,
    );
    return undefined;
  }
  const vulnerabilities = (style.vulnerabilities ?? vulnerabilitiesOf)(notice);
  const ecosystem = style.ecosystem(notice);
  if (vulnerabilities.length === 0 || ecosystem === undefined) {
    tally.add(
      'notice-without-vulnerability',
      'note',
      'notices of updates that mend no vulnerability were left out',
      id,
    );
    return undefined;
  }
  const affected = packagesOf(notice, ecosystem);
  if (affected.length === 0) return unreadable(tally, id);
  return { ...headOf(id, notice, style), bundles: vulnerabilities, affected };
}

function headOf(id: string, notice: XmlElement, { source, link }: NoticeStyle): Omit<Advisory, 'affected' | 'bundles'> {
  const summary = asLine(textOf(notice, 'title'), 300) ?? asLine(textOf(notice, 'description'), 300);
  const severity = severityFromWord(textOf(notice, 'severity'));
  const published = dateOf(notice, 'issued');
  const modified = dateOf(notice, 'updated');
  const links = childrenOf(childOf(notice, 'references'), 'reference')
    .filter((reference) => reference.attributes.get('type') !== 'cve')
    .slice(0, MAX_REFERENCES)
    .map((reference) => reference.attributes.get('href'));
  return {
    id,
    source,
    aliases: [],
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    ...(published === undefined ? {} : { published }),
    ...(modified === undefined ? {} : { modified }),
    references: asLinks([link?.(id), ...links], 12),
  };
}

/** `2024-05-01 12:00:00` or `2024-05-01T12:00:00Z`. */
function dateOf(notice: XmlElement, name: string): string | undefined {
  const text = childOf(notice, name)?.attributes.get('date');
  return asDate(text?.replace(' ', 'T'));
}

function vulnerabilitiesOf(notice: XmlElement): readonly string[] {
  const ids = childrenOf(childOf(notice, 'references'), 'reference')
    .slice(0, MAX_REFERENCES)
    .filter((reference) => reference.attributes.get('type') === 'cve')
    .map((reference) => (reference.attributes.get('id') ?? reference.attributes.get('title') ?? '').trim());
  return [...new Set(ids)].filter((each) => CVE.test(each));
}

/** A package by name: the version that mends it, and for which architectures where they differ. */
function packagesOf(notice: XmlElement, ecosystem: string): AffectedPackage[] {
  const byName = new Map<string, Map<string, Set<string>>>();
  for (const collection of childrenOf(childOf(notice, 'pkglist'), 'collection')) {
    for (const { attributes } of childrenOf(collection, 'package')) {
      const name = keyIn(ecosystem, attributes.get('name'));
      const version = versionOf(attributes);
      const architecture = attributes.get('arch') ?? '';
      if (name === undefined || version === undefined || architecture === 'src') continue;
      const versions = byName.get(name) ?? new Map<string, Set<string>>();
      byName.set(name, versions);
      versions.set(version, (versions.get(version) ?? new Set()).add(architecture));
    }
  }
  return [...byName].flatMap(([name, versions]) =>
    [...versions].map(([fixed, architectures]) => {
      const isEverywhere = versions.size === 1 || architectures.has('noarch') || architectures.has('');
      return {
        ecosystem,
        name,
        subject: 'package' as const,
        scheme: 'rpm',
        status: 'fixed' as const,
        ranges: [{ fixed }],
        versions: [],
        ...(isEverywhere ? {} : { architectures: [...architectures].sort() }),
      };
    }),
  );
}

function keyIn(ecosystem: string, name: string | undefined): string | undefined {
  const known = asName(name);
  return known === undefined ? undefined : packageKey(ecosystem, known);
}

function versionOf(attributes: ReadonlyMap<string, string>): string | undefined {
  const version = attributes.get('version') ?? '';
  const release = attributes.get('release') ?? '';
  const epoch = attributes.get('epoch') ?? '0';
  if (version === '' || release === '' || !/^\d{1,9}$/.test(epoch)) return undefined;
  return asName(epoch === '0' ? `${version}-${release}` : `${epoch}:${version}-${release}`);
}
