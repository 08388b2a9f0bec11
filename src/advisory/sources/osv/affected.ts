import { versionScheme } from '#versions/index.ts';
import type { AffectedPackage, AffectedRange, AffectedStatus } from '../../advisory.ts';
import { asLine, asName, asObject, asObjects, asText, asTexts, type JsonObject } from '../../documents/json-values.ts';
import { packageKey } from '../../ecosystem.ts';
import type { OsvEcosystem } from './ecosystems/index.ts';
import { commitsOf, isCommitRange } from './git-ranges.ts';
import { partsOf } from './imports.ts';
import { type Named, nameAffected } from './name.ts';
import { rangesOf, versionsBeyond } from './ranges.ts';
import type { Remark } from './remark.ts';

/** A record is bounded by its bytes; nothing that it says about versions may be cut off in silence. */
export const ALL = 64 * 1024 * 1024;

/** One entry of `affected`, when it is about a package of the ecosystem `only` (of any when absent). */
export function parseAffected(
  part: JsonObject,
  only: string | undefined,
  remarks: Remark[],
): AffectedPackage | undefined {
  const named = nameAffected(part, only);
  if (typeof named === 'string') return leave(remarks, named);
  const { ecosystem, key, name } = named;
  const ranges = parseRanges(part, ecosystem, remarks);
  const versions = asTexts(part['versions'], ALL).filter((version) => asName(version) !== undefined);
  const commits = parseCommits(part, named, ranges.length + versions.length === 0, remarks);
  if (ranges.length + versions.length + commits.length === 0) return leave(remarks, 'no-range');
  const note = noteOf(part);
  const parts = partsOf(part);
  return {
    ecosystem: key,
    name: packageKey(key, name),
    subject: ecosystem.subject,
    scheme: ecosystem.scheme,
    status: statusOf(part, [...ranges, ...commits]),
    ranges,
    versions: versionsBeyond(versions, ranges, versionScheme(ecosystem.scheme)),
    ...moduleOf(ecosystem, part),
    ...(commits.length === 0 ? {} : { commits }),
    ...(parts.length === 0 ? {} : { parts }),
    ...(note === undefined ? {} : { note }),
  };
}

function leave(remarks: Remark[], remark: Remark): undefined {
  remarks.push(remark);
}

function parseRanges(part: JsonObject, ecosystem: OsvEcosystem, remarks: Remark[]): readonly AffectedRange[] {
  const scheme = versionScheme(ecosystem.scheme);
  return asObjects(part['ranges'], ALL).flatMap((range) => {
    if (isCommitRange(range)) return [];
    const read = rangesOf(range, scheme);
    if (read.flaw !== undefined) remarks.push('flawed-range');
    return read.ranges;
  });
}

/** Kept where a package can be pinned by a commit, and where there is nothing else. */
function parseCommits(
  part: JsonObject,
  { ecosystem }: Named,
  isAlone: boolean,
  remarks: Remark[],
): readonly AffectedRange[] {
  const ranges = asObjects(part['ranges'], ALL).filter(isCommitRange);
  if (ranges.length === 0) return [];
  if (ecosystem.commitVersions || isAlone) return ranges.flatMap(commitsOf);
  remarks.push('git-range');
  return [];
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
