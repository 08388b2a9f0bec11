import { createHash } from 'node:crypto';
import type { InstalledPackage } from '#model/index.ts';
import { findingKey } from '#policy/index.ts';
import type { Finding, ScannedArtifact, ScanReport } from '#scan/index.ts';

/**
 * Package URL of a scanned image, or undefined for trees and for images whose source has no manifest digest: an archive's
 * configuration digest would be read as the registry's digest.
 * https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md
 */
export function imagePurl(artifact: ScannedArtifact): string | undefined {
  const digest = artifact.manifestDigest ?? artifact.indexDigest;
  const reference = parseReference(
    (artifact.document?.scheme ?? artifact.scheme) === 'registry' ? artifact.name : (artifact.tags[0] ?? artifact.name),
  );
  if (artifact.kind !== 'image' || digest === undefined || reference === undefined) return undefined;
  const { repository, tag } = reference;
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const qualifiers = [
    ['arch', artifact.platform?.architecture],
    ['repository_url', repository],
    ['tag', tag],
  ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${percentEncoded(value).replaceAll('%2F', '/')}`]));
  return `pkg:oci/${percentEncoded(name)}@${percentEncoded(digest)}?${qualifiers.join('&')}`;
}

/** Repository and tag of an image name; undefined when it is none, such as the path of an archive. */
function parseReference(name: string): { repository: string; tag?: string } | undefined {
  const [named = ''] = name.split('@');
  const match = /^((?:[a-z0-9][a-z0-9.-]*(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?$/i.exec(
    named.slice(0, 512),
  );
  if (!match?.[1]) return undefined;
  return { repository: match[1].toLowerCase(), ...(match[2] === undefined ? {} : { tag: match[2] }) };
}

/** One key for one package record, the same for the report's list and for the copy that a finding carries. */
export function packageKey({ purl, version, origin }: InstalledPackage): string {
  return `${purl}\0${version}\0${origin.path}`;
}

/** Ids that are unique in a document: a second package with the same base gets `#2`. Asking again gives the same id. */
export class UniqueIds {
  readonly #byKey = new Map<string, string>();
  readonly #taken = new Map<string, number>();
  readonly #separator: string;

  constructor(separator = '#') {
    this.#separator = separator;
  }

  idFor(key: string, base: string): string {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const count = (this.#taken.get(base) ?? 0) + 1;
    this.#taken.set(base, count);
    const id = count === 1 ? base : `${base}${this.#separator}${count}`;
    this.#byKey.set(key, id);
    return id;
  }
}

/** A UUID that depends on what the report says and on nothing else, so that rendering twice gives the same document. */
export function reportUuid(report: ScanReport, flavour: string): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([flavour, report.tool, report.createdAt, report.artifact, report.distribution ?? null]));
  for (const one of report.packages) hash.update(`\n${packageKey(one)}`);
  for (const one of report.findings) hash.update(`\n${findingText(one)}`);
  return uuidOf(hash.digest('hex'));
}

/** Of a digest of at least 32 hexadecimal digits. Version 8 of RFC 9562 is a hash by our own recipe, version 5 SHA-1 of a name. */
export function uuidOf(hex: string, version: 5 | 8 = 8): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What tells a finding of a report from every other. */
function findingText(one: Finding): string {
  const place = 'package' in one ? packageKey(one.package) : '';
  const state = 'state' in one ? one.state : '';
  return `${findingKey(one)} ${state} ${one.decision?.state ?? ''} ${place}`;
}

/** A short stable fingerprint of a few texts. */
export function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}

/** Like `encodeURIComponent`, which throws on half of a surrogate pair. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
