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
  holds,
  isOpenState,
  type StandingDecision,
} from './finding.ts';
