export { type Cause, type ExplainOptions, type Explanation, explainExpression } from './explain/index.ts';
export type { Availability } from './library/availability.ts';
export {
  type AccessAnswer,
  type AccessQuestion,
  type Authorize,
  authorizerValue,
  type Identity,
  resourceCheckValue,
} from './library/kubernetes/authorizer.ts';
export {
  type Budget,
  type CompileOptions,
  compileExpression,
  type EvaluationLimits,
  type Program,
  type ProgramNeed,
} from './program.ts';
export type { ExpressionFault } from './syntax/position.ts';
export { parseType, type Type } from './types/type.ts';
export { jsonOfValue, valueOfJson } from './values/json.ts';
export { lazyMap } from './values/lazy-map.ts';
export type { Value, ValueMap } from './values/value.ts';
