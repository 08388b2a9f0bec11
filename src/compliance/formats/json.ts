import { jsonText } from '#reporters/presentation.ts';
import type { ComplianceReport, ControlAssessment, PartAssessment } from '../report.ts';
import type { ComplianceFormat } from './format.ts';

/** Findings are listed whole in the scan report; here the foremost of each part are evidence enough, and all are counted. */
const LISTED = 100;

export const json: ComplianceFormat = {
  id: 'json',
  title: 'The whole report as JSON: docs/reference/compliance-report.md',
  render: (report) => jsonText(documentOf(report)),
};

function documentOf(report: ComplianceReport): unknown {
  const { schema, tool, createdAt, evidence, frameworks, controls, attestations, problems } = report;
  return {
    schema,
    tool,
    createdAt,
    evidence,
    frameworks,
    controls: controls.map(withForemost),
    attestations,
    problems,
  };
}

function withForemost(control: ControlAssessment): ControlAssessment {
  return { ...control, parts: control.parts.map(partWithForemost) };
}

function partWithForemost(part: PartAssessment): PartAssessment {
  return { ...part, accepted: part.accepted.slice(0, LISTED) };
}
