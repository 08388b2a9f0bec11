import { type Problem, programVersion } from '#foundation/index.ts';
import type { SavedReport } from '#scan/index.ts';
import type { Control, Framework } from '#standards/index.ts';
import type {
  Attestation,
  ComplianceReport,
  ControlAssessment,
  EvidenceSource,
  FrameworkAssessment,
  FrameworkSummary,
  Requirement,
} from '../report.ts';
import { assessControl } from './control.ts';
import { ScanEvidence } from './evidence.ts';
import { assessRequirement } from './requirement.ts';
import { Statements } from './statements.ts';

/** All that an assessment rests on. */
export interface ComplianceEvidence {
  /** Several are judged together: what fails in one fails. */
  readonly reports: readonly SavedReport[];
  readonly attestations: readonly Attestation[];
  /** Of what was read besides; told with the answer. */
  readonly problems?: readonly Problem[];
  /** ISO date or time that statements are judged by, and that the report bears. */
  readonly now: string;
}

/** Pure: what is known of each requirement of the frameworks. */
export function assessCompliance(
  frameworks: readonly Framework[],
  controls: readonly Control[],
  evidence: ComplianceEvidence,
): ComplianceReport {
  const statements = new Statements(evidence.attestations, evidence.now.slice(0, 10));
  const assessed = assessControls(namedControls(frameworks, controls), new ScanEvidence(evidence.reports), statements);
  const assessments = frameworks.map((framework) => assessFramework(framework, assessed, statements));
  const given = statements.given();
  return {
    schema: 'plimsoll.compliance.v1',
    tool: { name: 'plimsoll', version: programVersion },
    createdAt: evidence.now,
    evidence: evidence.reports.map(sourceOf),
    frameworks: assessments,
    controls: [...assessed.values()],
    attestations: given,
    problems: evidence.problems ?? [],
  };
}

/** What a report says of itself. A scan that was just made knows more, which is its own report's to tell. */
function sourceOf({ artifact, createdAt, scanners, assessment }: SavedReport): EvidenceSource {
  const { kind, name, scheme, manifestDigest, configDigest, document } = artifact;
  return {
    artifact: {
      kind,
      name,
      scheme,
      ...(manifestDigest && { manifestDigest }),
      ...(configDigest && { configDigest }),
      ...(document && { document: { path: document.path } }),
    },
    createdAt,
    scanners,
    assessment,
  };
}

function namedControls(frameworks: readonly Framework[], controls: readonly Control[]): Control[] {
  const named = new Set(
    frameworks.flatMap(({ clauses }) => clauses.flatMap(({ mappings }) => mappings.map(({ control }) => control))),
  );
  return controls.filter(({ id }) => named.has(id));
}

/** What is known of each control, by its id. */
function assessControls(
  controls: readonly Control[],
  scans: ScanEvidence,
  statements: Statements,
): Map<string, ControlAssessment> {
  return new Map(
    controls.map((control) => [control.id, assessControl(control, scans, statements.about({ control: control.id }))]),
  );
}

/** What is known of each requirement of one framework. */
function assessFramework(
  { id, title, publisher, version, references, clauses }: Framework,
  controls: ReadonlyMap<string, ControlAssessment>,
  statements: Statements,
): FrameworkAssessment {
  const requirements = clauses.map((clause) =>
    assessRequirement(clause, controls, statements.about({ framework: id, clause: clause.id })),
  );
  return { id, title, publisher, version, references, summary: summarise(requirements, controls), requirements };
}

function summarise(
  requirements: readonly Requirement[],
  controls: ReadonlyMap<string, ControlAssessment>,
): FrameworkSummary {
  const count = (is: (one: Requirement) => boolean) => requirements.filter(is).length;
  const ids = new Set(requirements.flatMap((one) => one.controls.map(({ id }) => id)));
  const accepted = [...ids].flatMap((id) => controls.get(id)?.parts.flatMap((part) => part.accepted) ?? []);
  return {
    requirements: requirements.length,
    pass: count(({ state }) => state === 'pass'),
    fail: count(({ state }) => state === 'fail'),
    partial: count(({ state }) => state === 'partial'),
    notAssessed: count(({ state }) => state === 'not-assessed'),
    manual: count(({ state }) => state === 'manual'),
    notApplicable: count(({ state }) => state === 'not-applicable'),
    manualMet: count(({ state, statement }) => state === 'manual' && statement === 'given'),
    expired: count(({ statement }) => statement === 'expired'),
    acceptedFindings: new Set(accepted.map(({ key }) => key)).size,
  };
}
