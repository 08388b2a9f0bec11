import { err, ok, type Result } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import { versionScheme } from '#versions/index.ts';
import type { Advisory, AffectedPackage, AffectedRange, AffectedStatus, Score } from '../../advisory.ts';
import {
  asDate,
  asId,
  asLine,
  asLinks,
  asName,
  asObject,
  asObjects,
  asText,
  asTexts,
  type JsonObject,
} from '../../documents/json-values.ts';
import { packageKey } from '../../ecosystem.ts';
import { severityFromWord } from '../../severity-words.ts';
import { type OsvEcosystem, readOsvEcosystem } from './ecosystems.ts';
import { bundled, identityOf, isBugfixOnly } from './identity.ts';
import { rangesOf, versionsBeyond } from './ranges.ts';

/** A record is bounded by its bytes; nothing that it says about versions may be cut off in silence. */
const ALL = 64 * 1024 * 1024;
const MAX_SCORES = 16;

/** What a record held that the normal form has no place for, or that breaks the schema. */
export type Remark =
  | 'withdrawn'
  | 'not-a-vulnerability'
  | 'other-ecosystem'
  | 'git-range'
  | 'no-package'
  | 'no-range'
  | 'flawed-range'
  | 'unknown-ecosystem';

export interface RecordRead {
  /** Several where a notice fixes different vulnerabilities in different releases; none where nothing is left to keep. */
  readonly advisories: readonly Advisory[];
  readonly modified?: string;
  readonly remarks: readonly Remark[];
}

/**
 * Reads one record of the OSV schema 1.x (https://ossf.github.io/osv-schema/). Only packages of ecosystem `only` are kept:
 * an export holds every record that names its ecosystem, and the other packages of it are in their own ecosystem's export.
 * A record whose identity cannot be read is an error; a package entry that cannot be used is a remark.
 */
export function parseOsvRecord(value: unknown, only?: string): Result<RecordRead> {
  const record = asObject(value);
  const id = asId(record?.['id']);
  if (record === undefined || id === undefined) return err('no usable id');
  const modified = asDate(record['modified']);
  const common = modified === undefined ? {} : { modified };
  if (asText(record['withdrawn']) !== undefined) return ok({ advisories: [], remarks: ['withdrawn'], ...common });
  const identity = identityOf(id, record);
  if (isBugfixOnly(id, identity)) return ok({ advisories: [], remarks: ['not-a-vulnerability'], ...common });
  const remarks: Remark[] = [];
  const parts = asObjects(record['affected'], ALL);
  const affected = parts.flatMap((part) => {
    const read = parseAffected(part, only, remarks);
    return read === undefined ? [] : [{ part, affected: read }];
  });
  if (affected.length === 0) return ok({ advisories: [], remarks, ...common });
  const head = { ...headOf(id, record, parts), ...identity };
  return ok({ advisories: splitByVulnerabilities(head, affected), remarks, ...common });
}

function headOf(id: string, record: JsonObject, parts: readonly JsonObject[]): Omit<Advisory, 'affected'> {
  const summary = asLine(record['summary'], 300) ?? asLine(record['details'], 300);
  const severity = publisherSeverity(id, record, parts);
  const published = asDate(record['published']);
  const modified = asDate(record['modified']);
  return {
    id,
    source: 'osv',
    aliases: [],
    bundles: [],
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    scores: scoresOf(record, parts),
    ...(published === undefined ? {} : { published }),
    ...(modified === undefined ? {} : { modified }),
    references: asLinks(
      asObjects(record['references'], 200).map((reference) => reference['url']),
      12,
    ),
  };
}

interface AffectedPart {
  readonly part: JsonObject;
  readonly affected: AffectedPackage;
}

/**
 * Ubuntu's notices fix one set of vulnerabilities in each release and say which (`cves_map`). Kept apart, so that nobody is
 * told of a vulnerability that the release never had.
 */
function splitByVulnerabilities(head: Omit<Advisory, 'affected'>, parts: readonly AffectedPart[]): Advisory[] {
  const groups = new Map<string, Advisory & { affected: AffectedPackage[] }>();
  for (const { part, affected } of parts) {
    const mapped = head.bundles.length > 0 ? mappedVulnerabilities(part) : undefined;
    const key = mapped?.join(' ') ?? '';
    const group = groups.get(key);
    if (group) group.affected.push(affected);
    else groups.set(key, { ...head, bundles: mapped ?? head.bundles, affected: [affected] });
  }
  return [...groups.values()];
}

function mappedVulnerabilities(part: JsonObject): readonly string[] | undefined {
  const map = asObject(asObject(part['database_specific'])?.['cves_map']);
  const mapped = asObjects(map?.['cves'], 5000).flatMap((cve) => asId(cve['id']) ?? []);
  return mapped.length === 0 ? undefined : bundled(mapped);
}

function parseAffected(part: JsonObject, only: string | undefined, remarks: Remark[]): AffectedPackage | undefined {
  const named = asObject(part['package']);
  const name = asName(named?.['name']);
  const ecosystemText = asText(named?.['ecosystem']);
  if (name === undefined || ecosystemText === undefined) return leave(remarks, 'no-package');
  const known = readOsvEcosystem(ecosystemText);
  if (only !== undefined && known?.ecosystem.name !== only) return leave(remarks, 'other-ecosystem');
  if (known === undefined) return leave(remarks, 'unknown-ecosystem');
  const { ecosystem, key } = known;
  const scheme = versionScheme(ecosystem.scheme);
  const ranges = parseRanges(part, scheme, remarks);
  const versions = asTexts(part['versions'], ALL).filter((version) => asName(version) !== undefined);
  if (ranges.length === 0 && versions.length === 0) return leave(remarks, 'no-range');
  const note = noteOf(part);
  return {
    ecosystem: key,
    name: packageKey(key, name),
    subject: ecosystem.subject,
    scheme: ecosystem.scheme,
    status: statusOf(part, ranges),
    ranges,
    versions: versionsBeyond(versions, ranges, scheme),
    ...moduleOf(ecosystem, part),
    ...(note === undefined ? {} : { note }),
  };
}

function leave(remarks: Remark[], remark: Remark): undefined {
  remarks.push(remark);
}

function parseRanges(
  part: JsonObject,
  scheme: ReturnType<typeof versionScheme>,
  remarks: Remark[],
): readonly AffectedRange[] {
  return asObjects(part['ranges'], ALL).flatMap((range) => {
    if (range['type'] === 'GIT') {
      remarks.push('git-range');
      return [];
    }
    const read = rangesOf(range, scheme);
    if (read.flaw !== undefined) remarks.push('flawed-range');
    return read.ranges;
  });
}

function statusOf(part: JsonObject, ranges: readonly AffectedRange[]): AffectedStatus {
  if (ranges.some((range) => range.fixed !== undefined)) return 'fixed';
  return urgencyOf(part) === 'end-of-life' ? 'end-of-life' : 'affected';
}

function urgencyOf(part: JsonObject): string | undefined {
  return asText(asObject(part['ecosystem_specific'])?.['urgency']);
}

const NO_URGENCY = new Set([undefined, 'not yet assigned', 'end-of-life']);

function noteOf(part: JsonObject): string | undefined {
  const specific = asObject(part['ecosystem_specific']);
  const urgency = urgencyOf(part);
  const notes = [
    NO_URGENCY.has(urgency) ? undefined : urgency,
    asText(asObject(part['database_specific'])?.['informational']),
    asText(specific?.['availability'])?.replace(/^No subscription required$/, ''),
    Array.isArray(specific?.['custom_ranges']) ? 'the publisher could not map all affected versions' : undefined,
  ].filter((note) => note !== undefined && note !== '');
  return asLine(notes.join('; '), 200);
}

/** Modular packages of Red Hat's family: the stream stands in the package URL (`rpmmod=nodejs:18`). */
function moduleOf(ecosystem: OsvEcosystem, part: JsonObject): { module?: string } {
  if (ecosystem.scheme !== 'rpm') return {};
  const purl = asText(asObject(part['package'])?.['purl']) ?? '';
  const label = /[?&]rpmmod=([A-Za-z0-9._%+-]{1,128}(?::[A-Za-z0-9._%+-]{1,64})?)/.exec(purl)?.[1];
  const module = label?.replaceAll(/%3a/gi, ':');
  return module === undefined ? {} : { module };
}

function scoresOf(record: JsonObject, parts: readonly JsonObject[]): readonly Score[] {
  const scores = new Map<string, Score>();
  for (const holder of [record, ...parts]) {
    for (const item of asObjects(holder['severity'], MAX_SCORES)) {
      const score = scoreOf(asText(item['type']), asText(item['score']));
      if (score !== undefined && scores.size < MAX_SCORES) scores.set(`${score.type} ${score.value}`, score);
    }
  }
  return [...scores.values()];
}

function scoreOf(type: string | undefined, value: string | undefined): Score | undefined {
  if (type === undefined || value === undefined || value.length > 300) return undefined;
  switch (type) {
    case 'CVSS_V2':
      return /^(?:\(?AV:[LAN]\/)/.test(value) ? { type, value } : undefined;
    case 'CVSS_V3':
      return /^CVSS:3\.[01]\//.test(value) ? { type, value } : undefined;
    case 'CVSS_V4':
      return /^CVSS:4\.0\//.test(value) ? { type, value } : undefined;
    default:
      return { type: 'publisher', value: `${type}: ${value}`.slice(0, 100) };
  }
}

/** The first rating in words among the places where publishers put one. */
function publisherSeverity(id: string, record: JsonObject, parts: readonly JsonObject[]): Severity | undefined {
  const words = [
    asText(asObject(record['database_specific'])?.['severity']),
    ...asObjects(record['severity'], MAX_SCORES).map((item) => asText(item['score'])),
    ...parts.slice(0, 100).flatMap(ratingWords),
    /^[A-Z]{2}[SBE]A-/.test(id) ? /^([A-Za-z]+):/.exec(asText(record['summary']) ?? '')?.[1] : undefined,
  ];
  return words.map(severityFromWord).find((severity) => severity !== undefined);
}

function ratingWords(part: JsonObject): (string | undefined)[] {
  const specific = asObject(part['ecosystem_specific']);
  return [
    asText(specific?.['ubuntu_priority']),
    asText(specific?.['severity']),
    asText(asObject(part['database_specific'])?.['severity']),
    asText(specific?.['urgency']),
  ];
}
