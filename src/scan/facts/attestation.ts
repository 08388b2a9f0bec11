import type { Attestation } from '../attestations/parse.ts';
import type { ScannedArtifact } from '../report.ts';

/** The `spec` of an Attestation. Its members are described in src/policy/subjects/attestation.ts. */
export function attestationSpec(attestation: Attestation, artifact: ScannedArtifact) {
  return {
    ...attestation,
    isForArtifact: isFor(attestation, artifact),
    verification: 'unknown',
    verificationReason: 'Signatures of attestations are not verified yet: anybody may have written it.',
  };
}

/** Whether it speaks of what was scanned. One that names no digest speaks of nothing in particular. */
export function isFor({ subjects }: Attestation, artifact: ScannedArtifact): boolean {
  const digests = new Set<string>(
    [artifact.manifestDigest, artifact.indexDigest, artifact.configDigest].filter((digest) => digest !== undefined),
  );
  return subjects.some(({ digest }) => digests.has(digest));
}
