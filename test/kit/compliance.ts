import { type Attestation, assessCompliance, type ComplianceReport } from '#compliance/index.ts';
import { controls, frameworks } from '#standards/index.ts';
import { fullReport } from './full-report.ts';

/** The small image with findings of every kind, judged by all standards, with statements that hold, have expired and are about nothing. */
export function sampleCompliance(change: (text: string) => string = (text) => text): ComplianceReport {
  const report = fullReport();
  const [framework] = frameworks;
  const clause = framework?.clauses.at(0)?.id ?? '';
  const asked = controls.find(({ evidence }) => evidence.some(({ by }) => by === 'statement'))?.id ?? '';
  const given = (subject: Attestation['subject'], more: Partial<Attestation> = {}): Attestation => ({
    subject,
    state: 'met',
    statement: change('It is so'),
    by: change('Platform team'),
    date: '2026-01-01',
    expires: '2027-01-01',
    evidence: [change('OPS-1')],
    statedIn: change('attestations.yaml:2'),
    ...more,
  });
  return assessCompliance(frameworks, controls, {
    reports: [
      {
        ...report,
        artifact: { ...report.artifact, name: change(report.artifact.name) },
        findings: report.findings.map((finding) => ({
          ...finding,
          id: change(finding.id),
          ...('message' in finding && { message: change(finding.message) }),
        })),
      },
    ],
    attestations: [
      given({ control: asked }),
      given({ framework: framework?.id ?? '', clause }, { expires: '2026-06-01' }),
      given({ control: change('PLM-NONE') }),
    ],
    problems: [
      { code: 'attestation-invalid', message: change('attestations.yaml:9:1: has no "by"'), effect: 'degraded' },
    ],
    now: '2026-11-24T12:00:00.000Z',
  });
}
