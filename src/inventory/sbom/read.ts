import { gunzipSync } from 'node:zlib';
import {
  asMembers,
  asText,
  linesOf,
  type Members,
  memberOf,
  parseJsonText,
  parseXml,
  type TextSource,
} from '#foundation/documents/index.ts';
import { detectCompression, err, memoryContent, ok, type Problem, type Result } from '#foundation/index.ts';
import { membersOfBom, versionOf } from './cyclonedx/from-xml.ts';
import { readCycloneDx } from './cyclonedx/read.ts';
import type { SbomDocument } from './document.ts';
import { unwrap } from './envelope.ts';
import { readGithubSnapshot } from './github/read.ts';
import { readReport } from './plimsoll/read.ts';
import { membersOfTagValue } from './spdx2/from-tag-value.ts';
import { readSpdx2 } from './spdx2/read.ts';
import { readSpdx3 } from './spdx3/read.ts';
import { readSyft } from './syft/read.ts';

/** Bytes of an SBOM at most, packed and unpacked. The largest that tools make of real images have a tenth of it. */
const MAX_SBOM_BYTES = 256 * 1024 * 1024;

/**
 * Reads a software bill of materials: CycloneDX 1.4 to 1.7 as JSON or XML, SPDX 2.2 and 2.3 as JSON or tag-value, SPDX 3.0 as
 * JSON-LD, Syft's and our own JSON, and GitHub's dependency snapshots; also packed with gzip, and inside an in-toto statement or
 * DSSE envelope. Which of them it is, the content tells. An error completes the sentence "it ...": `is not valid JSON`.
 */
export function readSbom(file: TextSource): Result<SbomDocument> {
  if (file.size > MAX_SBOM_BYTES) return err(`has more than ${MAX_SBOM_BYTES} bytes`);
  const unpacked = unpackedSource(file);
  if (!unpacked.ok) return unpacked;
  const text = unpacked.value.text();
  const start = text
    .slice(0, HEAD_CHARACTERS)
    .trimStart()
    .replace(/^\ufeff\s*/, '');
  if (start.startsWith('{')) return readJson(text);
  if (start.startsWith('<')) return readXml(unpacked.value);
  if (/^SPDXVersion:/m.test(start)) return readTagValue(text);
  return err('is neither JSON nor XML nor SPDX tag-value');
}

const HEAD_CHARACTERS = 4096;

function unpackedSource(file: TextSource): Result<TextSource> {
  const bytes = file.bytes();
  const compression = detectCompression(bytes);
  if (compression === 'none') return ok(file);
  if (compression !== 'gzip') return err(`is packed with ${compression}; unpack it first`);
  try {
    return ok(memoryContent(gunzipSync(bytes, { maxOutputLength: MAX_SBOM_BYTES })));
  } catch {
    return err(`is packed with gzip and damaged, or has more than ${MAX_SBOM_BYTES} bytes`);
  }
}

function readXml(file: TextSource): Result<SbomDocument> {
  const bom = parseXml(file);
  if (!bom.ok) return bom;
  if (bom.value.name !== 'bom' || versionOf(bom.value) === undefined) return err('is XML, but no CycloneDX document');
  return ok(withVersionNote(readCycloneDx(membersOfBom(bom.value), 'XML'), ['1.4', '1.5', '1.6', '1.7']));
}

function readTagValue(text: string): Result<SbomDocument> {
  const members = membersOfTagValue(text);
  return members.ok ? ok(withVersionNote(readSpdx2(members.value, 'tag-value'), ['2.2', '2.3'])) : members;
}

const MAX_LINES = 100;

function readJson(text: string): Result<SbomDocument> {
  const whole = parseJsonText(text);
  if (whole.ok) return readMembers(asMembers(whole.value) ?? {});
  // Registries hand out attestations as one envelope a line.
  let lines = 0;
  for (const line of linesOf(text)) {
    if (++lines > MAX_LINES || !line.startsWith('{')) break;
    const one = parseJsonText(line);
    const document = one.ok ? readMembers(asMembers(one.value) ?? {}) : one;
    if (document.ok) return document;
  }
  return whole;
}

/** The same, of a JSON document that was parsed. */
export function readSbomMembers(json: unknown): Result<SbomDocument> {
  return readMembers(asMembers(json) ?? {});
}

function readMembers(outer: Members): Result<SbomDocument> {
  const { document, isEnveloped } = unwrap(outer);
  const read = readerOf(document);
  if (read === undefined)
    return err('is JSON, but no SBOM of a known format (CycloneDX, SPDX, Syft, GitHub dependency snapshot)');
  return ok(isEnveloped ? { ...read(document), isEnveloped } : read(document));
}

function readerOf(document: Members): ((document: Members) => SbomDocument) | undefined {
  if (asText(document['bomFormat']) === 'CycloneDX') {
    return (root) => withVersionNote(readCycloneDx(root, 'JSON'), ['1.4', '1.5', '1.6', '1.7']);
  }
  if (asText(document['spdxVersion']) !== undefined) {
    return (root) => withVersionNote(readSpdx2(root, 'JSON'), ['2.2', '2.3']);
  }
  if (isSpdx3(document)) return (root) => withVersionNote(readSpdx3(root), ['3.0', '3.0.0', '3.0.1']);
  if (Array.isArray(document['artifacts']) && memberOf(document['descriptor'], 'name') !== undefined) return readSyft;
  if (/^plimsoll\.scan\.v1$/.test(asText(document['schema']) ?? '')) return readReport;
  if (asMembers(document['manifests']) && asMembers(document['detector'])) return readGithubSnapshot;
  return undefined;
}

function isSpdx3(document: Members): boolean {
  return /spdx\.org\/rdf\/(?:v?3|latest)/.test(JSON.stringify(document['@context'] ?? '').slice(0, HEAD_CHARACTERS));
}

/** Formats grow by adding: what is known of a neighbouring version is read, and that some of it may be missed is said. */
function withVersionNote(document: SbomDocument, known: readonly string[]): SbomDocument {
  if (known.includes(document.version)) return document;
  const { format, version } = document;
  const problem: Problem = {
    code: 'sbom-version-unknown',
    message: `The SBOM is of ${format} ${version || 'of no stated version'}, which is not one of those that are known (${known.join(', ')}); it was read as far as it is alike.`,
    effect: 'degraded',
  };
  return { ...document, problems: [...document.problems, problem] };
}
