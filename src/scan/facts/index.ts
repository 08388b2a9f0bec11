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

/** What a report says, as objects for policies: of the kinds that are asked for only and one after the other, since each finding becomes one. Pure. */
export function* policyObjects(
  report: ScanReport,
  attestations: readonly Attestation[],
  wanted: ReadonlySet<PolicySubject['kind']>,
): Iterable<PolicyObject> {
  const { artifact, findings } = report;
  const { name } = artifact;
  const own = attestations.filter((one) => isFor(one, artifact));
  if (wanted.has('Image') && artifact.kind === 'image') yield made('Image', name, imageSpec(report, own), name);
  if (wanted.has('Finding')) yield* findingObjects(findings, report);
  if (wanted.has('Sbom')) yield made('Sbom', name, sbomSpec(report), name);
  if (!wanted.has('Attestation')) return;
  for (const one of attestations) yield made('Attestation', one.file, attestationSpec(one, artifact), one.file);
}

/** Named by their keys; the same secret in two files is two objects. */
function* findingObjects(findings: readonly Finding[], report: ScanReport): Iterable<PolicyObject> {
  const seen = new Map<string, number>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const spec = findingSpec(finding, report);
    const name = nth === 1 ? key : `${key} (${nth})`;
    yield { ...made('Finding', name, spec, placeOf(finding, report.artifact.name)), finding };
  }
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
