import { asList, asMembers, asText, entriesOf, type Members, parseJsonText } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { isEnvelope, isInTotoStatement, openEnvelope } from '#vulnerability/index.ts';

/**
 * What somebody attests of artifacts: an in-toto statement (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md).
 * Only read: whether the one who signed may be trusted, or signed at all, is not looked at.
 */
export interface Attestation {
  readonly file: string;
  readonly predicateType: string;
  readonly statementType: string;
  readonly subjects: readonly { readonly name: string; readonly digest: string }[];
  /** Of its envelope; a bare statement has none. */
  readonly signatures: number;
  /** Of a provenance (https://slsa.dev/provenance/): who built it, how, and from what. */
  readonly builder?: string;
  readonly buildType?: string;
  readonly sources: readonly string[];
}

const MAX_ITEMS = 1000;
const MAX_STATEMENTS = 1000;

/** Reads a statement, a DSSE envelope or Sigstore bundle with one in it, or one of these a line, as `cosign` prints them. */
export function parseAttestations(text: string, file: string): Result<readonly Attestation[]> {
  const documents = documentsIn(text);
  if (!documents.ok) return err(`${file} ${documents.error}`);
  if (documents.value.length > MAX_STATEMENTS)
    return err(`${file} has more than ${MAX_STATEMENTS} statements; split it`);
  const attestations: Attestation[] = [];
  for (const document of documents.value) {
    const attestation = parseDocument(document, file);
    if (!attestation.ok) return err(`${file} ${attestation.error}`);
    attestations.push(attestation.value);
  }
  return ok(attestations);
}

function documentsIn(text: string): Result<unknown[]> {
  const whole = parseJsonText(text);
  if (whole.ok) return ok([whole.value]);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return whole;
  const documents: unknown[] = [];
  for (const line of lines) {
    const one = parseJsonText(line);
    if (!one.ok) return whole;
    documents.push(one.value);
  }
  return ok(documents);
}

function parseDocument(json: unknown, file: string): Result<Attestation> {
  const document = asMembers(json);
  if (document === undefined) return err('is no attestation: an object was expected');
  const statement = isEnvelope(document) ? openEnvelope(document) : ok(document);
  if (!statement.ok) return statement;
  if (!isInTotoStatement(statement.value)) return err('is no attestation: it has no in-toto statement');
  return ok(attestationOf(statement.value, signaturesOf(document), file));
}

function attestationOf(statement: Members, signatures: number, file: string): Attestation {
  const predicate = asMembers(statement['predicate']) ?? {};
  const definition = asMembers(predicate['buildDefinition']) ?? {};
  const details = asMembers(predicate['runDetails']) ?? {};
  // Version 0.2 of the provenance has builder, buildType and materials at the top; version 1 has them one level down.
  const builder = asText((asMembers(details['builder']) ?? asMembers(predicate['builder']))?.['id']);
  const buildType = asText(definition['buildType']) ?? asText(predicate['buildType']);
  const sources = asList(definition['resolvedDependencies']) ?? asList(predicate['materials']) ?? [];
  return {
    file,
    predicateType: asText(statement['predicateType']) ?? '',
    statementType: asText(statement['_type']) ?? '',
    subjects: (asList(statement['subject']) ?? []).slice(0, MAX_ITEMS).flatMap(subjectsOf),
    signatures,
    ...(builder !== undefined && { builder }),
    ...(buildType !== undefined && { buildType }),
    sources: sources.slice(0, MAX_ITEMS).flatMap((one) => asText(asMembers(one)?.['uri']) ?? []),
  };
}

/** One for each digest; the digest is empty where there is none. */
function subjectsOf(json: unknown): { name: string; digest: string }[] {
  const subject = asMembers(json);
  if (subject === undefined) return [];
  const name = asText(subject['name']) ?? '';
  const digests = entriesOf(subject['digest']).flatMap(([algorithm, hex]) => {
    const text = asText(hex);
    return text === undefined ? [] : [`${algorithm}:${text.toLowerCase()}`];
  });
  return digests.length === 0 ? [{ name, digest: '' }] : digests.map((digest) => ({ name, digest }));
}

function signaturesOf(document: Members): number {
  const envelope = asMembers(document['dsseEnvelope']) ?? document;
  return asList(envelope['signatures'])?.length ?? 0;
}
