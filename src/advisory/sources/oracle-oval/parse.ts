import type { XmlElement } from '#foundation/documents/index.ts';
import type { Advisory, AffectedPackage } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import type { AdvisoryDocument } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asId, asName } from '../../documents/json-values.ts';
import { type OvalHead, type OvalTest, ovalTests, readOvalHead } from '../../documents/oval.ts';
import { xmlElements } from '../../documents/xml-elements.ts';
import { severityFromWord } from '../../severity-words.ts';

const LIMITS = { maxBytes: 4 * 1024 ** 3, maxElementBytes: 32 * 1024 * 1024 };

/**
 * Reads one definition for each notice. What it says of packages stands in the comments of its tests word for word as in what
 * they refer to, so that only the definitions need be read: `curl is earlier than 0:7.61.1-30.el8`, beside `Oracle Linux 8 is
 * installed`, `Oracle Linux arch is x86_64` and `Module nodejs:18 is enabled`.
 */
export async function* parseOracleOval(document: AdvisoryDocument, feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  const tally = new RecordTally();
  const ecosystem = feed.ecosystems[0] ?? '';
  let read = 0;
  try {
    for await (const elements of xmlElements(
      document.stream(LIMITS.maxBytes),
      ['definition'],
      LIMITS.maxElementBytes,
    )) {
      const records: FeedRecord[] = [];
      for (const element of elements) {
        const advisory = element.ok ? parseDefinition(element.value, ecosystem, tally) : undefined;
        if (element.ok) read += 1;
        else unreadable(tally, element.error);
        if (advisory !== undefined) records.push({ kind: 'advisory', advisory });
      }
      yield records;
    }
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  yield read === 0 ? [failure(document, 'holds no readable definition')] : tally.records();
}

function unreadable(tally: RecordTally, subject: string): undefined {
  tally.add('oval-definition-unreadable', 'incomplete', 'definitions could not be read and were left out', subject);
}

function parseDefinition(element: XmlElement, ecosystem: string, tally: RecordTally): Advisory | undefined {
  const head = readOvalHead(element);
  const id = asId(head?.notice) ?? noticeIn(head?.title);
  if (head === undefined || id === undefined) return unreadable(tally, head?.id ?? 'a definition without an id');
  if (head.cves.length === 0) {
    tally.add(
      'notice-without-vulnerability',
      'note',
      'notices of updates that mend no vulnerability were left out',
      id,
    );
    return undefined;
  }
  const affected = affectedBy(ovalTests(element), ecosystem);
  return affected.length === 0 ? unreadable(tally, id) : { ...bundleOf(id, head), affected };
}

/** `ELSA-2024-4756:  libndp security update (IMPORTANT)`. */
function noticeIn(title: string | undefined): string | undefined {
  return /^EL[SBE]A-\d{4}-\d{1,9}/.exec(title ?? '')?.[0];
}

function bundleOf(id: string, head: OvalHead): Omit<Advisory, 'affected'> {
  const severity = severityFromWord(head.severity);
  return {
    id,
    source: 'oracle-oval',
    aliases: [],
    bundles: head.cves,
    ...(head.title === undefined ? {} : { summary: head.title }),
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    ...(head.published === undefined ? {} : { published: head.published }),
    references: head.references,
  };
}

const EARLIER = /^(\S{1,200}) is earlier than (\S{1,200})$/;
const RELEASE = /^Oracle Linux (\d{1,2}) is installed$/;
const ARCHITECTURE = /^Oracle Linux arch is (\w{1,20})$/;
const MODULE = /^Module ([\w.+-]{1,100}:[\w.+-]{1,60}) is enabled$/;

interface Line {
  readonly name: string;
  readonly fixed: string;
  readonly module: string | undefined;
  readonly architectures: Set<string>;
}

function affectedBy(tests: readonly OvalTest[], ecosystem: string): AffectedPackage[] {
  const lines = new Map<string, Line>();
  for (const { comment, beside } of tests) {
    const [, named, version] = EARLIER.exec(comment) ?? [];
    const name = asName(named);
    const fixed = asName(version?.replace(/^0:/, ''));
    const release = firstMatch(beside, RELEASE);
    if (name === undefined || fixed === undefined) continue;
    if (release !== undefined && `ol:${release}` !== ecosystem) continue;
    const module = firstMatch(beside, MODULE);
    const key = [name, fixed, module].join('\0');
    const line = lines.get(key) ?? { name, fixed, module, architectures: new Set() };
    lines.set(key, line);
    line.architectures.add(firstMatch(beside, ARCHITECTURE) ?? '');
  }
  const all = [...lines.values()];
  return all.map((line) => statementOf(line, ecosystem, isLimited(line, all)));
}

/** Architectures only matter where the same package is mended by other versions on others. */
function isLimited(line: Line, all: readonly Line[]): boolean {
  return (
    !line.architectures.has('') &&
    all.some(({ name, module, fixed }) => name === line.name && module === line.module && fixed !== line.fixed)
  );
}

function statementOf(
  { name, fixed, module, architectures }: Line,
  ecosystem: string,
  limited: boolean,
): AffectedPackage {
  return {
    ecosystem,
    name,
    subject: 'package',
    scheme: 'rpm',
    status: 'fixed',
    ranges: [{ fixed }],
    versions: [],
    ...(module === undefined ? {} : { module }),
    ...(limited ? { architectures: [...architectures].sort() } : {}),
  };
}

function firstMatch(texts: readonly string[], pattern: RegExp): string | undefined {
  for (const text of texts) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
