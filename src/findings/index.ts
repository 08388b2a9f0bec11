export {
  type ChangedFinding,
  changeState,
  type FindingChange,
  type FindingEvent,
  type ReopenCause,
} from './change.ts';
export {
  type DecidedState,
  decidedStates,
  type FindingStanding,
  type FindingState,
  findingStates,
  isOpenState,
  type StandingDecision,
} from './finding.ts';
export { type FindingGroup, groupFindings } from './group.ts';
export { fits, type OwnedAsset, type Ownership, type OwnershipRule, resolveOwner } from './ownership.ts';
export { aliasesOf, canonicalRule } from './rule.ts';
export { changeByReport, changeByScans, type ScanEvidence } from './settle.ts';
export { defaultSla, dueDate, type Exposure, exposures, type SlaFacts, type SlaPolicy, slaDays } from './sla.ts';
export type {
  Submission,
  SubmittedArtifact,
  SubmittedFinding,
  SubmittedOccurrence,
  SubmittedPackage,
} from './submission.ts';
