import { findingKey } from '#policy/index.ts';
import { type PolicySubject, subjectApiVersion } from '#policy/subjects/index.ts';
import type { JudgedSubject } from '#policy/verdict/index.ts';
import type { Attestation } from '../attestations/parse.ts';
import type { Finding, ScanReport } from '../report.ts';
import { attestationSpec, isFor } from './attestation.ts';
import { findingSpec } from './finding.ts';
import { imageSpec } from './image.ts';
import { sbomSpec } from './sbom.ts';

/** An object that policies are about, and the finding that it was made of, where it was made of one. */
export interface PolicyObject extends JudgedSubject {
  readonly finding?: Finding;
}

/** What a report says, as objects for policies: of the kinds that are asked for only, since each finding becomes one. Pure. */
export function policyObjects(
  report: ScanReport,
  attestations: readonly Attestation[],
  wanted: ReadonlySet<PolicySubject['kind']>,
): PolicyObject[] {
  const { artifact, findings } = report;
  const { name } = artifact;
  const own = attestations.filter((one) => isFor(one, artifact));
  return [
    ...(wanted.has('Image') && artifact.kind === 'image' ? [made('Image', name, imageSpec(report, own), name)] : []),
    ...(wanted.has('Finding') ? findingObjects(findings, report) : []),
    ...(wanted.has('Sbom') ? [made('Sbom', name, sbomSpec(report), name)] : []),
    ...(wanted.has('Attestation')
      ? attestations.map((one) => made('Attestation', one.file, attestationSpec(one, artifact), one.file))
      : []),
  ];
}

/** Named by their keys; the same secret in two files is two objects. */
function findingObjects(findings: readonly Finding[], report: ScanReport): PolicyObject[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = findingKey(finding);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const spec = findingSpec(finding, report);
    const name = nth === 1 ? key : `${key} (${nth})`;
    return { ...made('Finding', name, spec, placeOf(finding, report.artifact.name)), finding };
  });
}

/** Where a person finds it: a file with its line, or the artifact. */
function placeOf(finding: Finding, artifact: string): string {
  const location = 'location' in finding ? finding.location : undefined;
  const path = 'package' in finding ? finding.package.origin.path : location?.path;
  const line = finding.kind === 'misconfiguration' ? finding.position.line : location?.line;
  if (path === undefined || path === '') return artifact;
  return line === undefined ? path : `${path}:${line}`;
}

function made(kind: PolicySubject['kind'], name: string, spec: object, place: string): PolicyObject {
  const json = { apiVersion: subjectApiVersion, kind, metadata: { name }, spec };
  return { object: { json, file: place, position: () => ({ line: 1, column: 1 }), place: () => place } };
}
