export {
  decidedState,
  type ExceptionReason,
  type ExceptionScope,
  type ExceptionStanding,
  type ExceptionState,
  exceptionReasons,
  exceptionScope,
  exceptionStates,
  isJustification,
} from './exception.ts';
export { csaf } from './formats/csaf.ts';
export type { ExportedException } from './formats/exported.ts';
export { openvex } from './formats/openvex.ts';
export { yaml } from './formats/yaml.ts';
export { advance, type ExceptionStep, endFault, expiringFrom, reminderDue } from './life-cycle.ts';
export {
  defaultExceptionPolicy,
  type ExceptionPolicy,
  exceptionPolicy,
  notWorseThan,
  worstOf,
} from './policy.ts';
