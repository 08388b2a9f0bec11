import { field, listOf, optional, type PolicySubject } from './field.ts';

export const attestation: PolicySubject = {
  kind: 'Attestation',
  resource: 'attestations',
  meaning: 'An in-toto statement that was given with `--attestation`. Nothing in it is proved: see `verification`.',
  spec: {
    predicateType: field('string', 'URI: `https://slsa.dev/provenance/v1`, `https://cyclonedx.org/bom`, …'),
    statementType: field('string', 'URI of the statement’s own version.'),
    subjects: listOf('What it is about.', {
      name: field('string', ''),
      digest: field('string', '`sha256:…`; empty where it names none.'),
    }),
    isForArtifact: field('bool', 'One of its subjects has a digest of what was scanned.'),
    verification: field('string', '`verified`, `failed` or `unknown`.'),
    verificationReason: field(
      'string',
      'Why it is so. Signatures are not verified yet: it is `unknown`, whoever signed.',
    ),
    signatures: field('int', 'How many its envelope has; a bare statement has none.'),
    builder: optional(field('string', 'Of a provenance: id of the builder.')),
    buildType: optional(field('string', 'Of a provenance: URI.')),
    sources: field('list(string)', 'Of a provenance: URIs of what it was built from.'),
    file: field('string', 'Where it was read.'),
  },
  example: "object.spec.verification == 'verified'",
};
