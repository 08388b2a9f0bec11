import assert from 'node:assert/strict';
import { assessCompliance, parseAttestations } from '#compliance/index.ts';
import { parseSavedReport } from '#scan/index.ts';
import { controls, frameworks } from '#standards/index.ts';
import { fullReport } from '../../kit/full-report.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const now = '2026-11-24T12:00:00.000Z';
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const judged = frameworks.slice(0, 2);

/** The sums hold whatever the evidence is: nothing is lost, and what was not looked at does not pass. */
function checkAssessment({ frameworks: assessed }: ReturnType<typeof assessCompliance>): void {
  for (const { summary, requirements } of assessed) {
    const { pass, fail, partial, notAssessed, manual, notApplicable } = summary;
    assert.equal(pass + fail + partial + notAssessed + manual + notApplicable, requirements.length);
  }
}

/** A report without what is only much of it. */
function smallReport(): unknown {
  const { packages: _packages, findings, ...rest } = fullReport();
  const kinds = new Map(findings.map((finding) => [`${finding.kind} ${finding.decision?.state}`, finding]));
  return { ...rest, packages: [], findings: [...kinds.values()] };
}

export const savedReport: FuzzTarget = {
  id: 'saved-report',
  title: 'scan reports that were kept, judged by standards',
  form: 'json',
  seeds: () => [
    Buffer.from(JSON.stringify(smallReport())),
    Buffer.from(
      '{"schema":"plimsoll.scan.v1","createdAt":"2026-01-01","scanners":[],"assessment":"complete","artifact":{"kind":"tree","name":"a","scheme":"host"},"unassessed":[],"problems":[]}',
    ),
  ],
  run(bytes) {
    const report = checkResult(parseSavedReport(text(bytes), 'scan.json'));
    if (report === undefined) return;
    checkAssessment(assessCompliance(judged, controls, { reports: [report], attestations: [], now }));
  },
};

export const complianceStatements: FuzzTarget = {
  id: 'compliance-statements',
  title: 'statements of people about controls and clauses',
  form: 'text',
  maxBytes: 32 * 1024,
  seeds: () => [
    Buffer.from(
      'attestations: # ours\n  - control: PLM-HOST-TRUSTED-OPERATORS\n    state: met\n    statement: |\n      long\n      words\n    by: b\n    date: 2026-01-01\n    expires: 2027-01-01\n    evidence: [a, "b"]\n  - {framework: cis-docker, clause: "1.1.1", state: not-met, statement: s, by: b, date: 2025-01-01, expires: 2026-01-01}\n',
    ),
  ],
  run(bytes) {
    const { attestations: read, problems } = parseAttestations(text(bytes), 'a.yaml');
    for (const { code, effect } of problems) assert.deepEqual([code, effect], ['attestation-invalid', 'degraded']);
    for (const { statedIn, statement, date, expires } of read)
      assert.ok(statedIn.startsWith('a.yaml:') && statement !== '' && date < expires);
    const report = assessCompliance(judged, controls, { reports: [], attestations: read, now });
    assert.equal(report.attestations.length, read.length, 'every statement is shown');
    checkAssessment(report);
  },
};
