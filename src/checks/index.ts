export type { Position, ResourceName, TextEdit } from './check.ts';
export { type ChecksEvaluation, type EvaluationOptions, evaluateChecks, type NotAssessed } from './evaluate.ts';
export type { MisconfigurationFinding } from './finding.ts';
export type { InlineIgnore } from './ignore.ts';
export { checks } from './registry.ts';
export type { SubjectKind, Subjects } from './subjects.ts';
export { type ChecksSummary, summariseChecks } from './summary.ts';
