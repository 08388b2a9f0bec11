export { type Cause, type Explanation, type ExplainOptions, explainExpression } from './explain/index.ts';
export { type CompileOptions, compileExpression, type EvaluationLimits, type Program } from './program.ts';
export type { ExpressionFault } from './syntax/position.ts';
export { parseType, type Type } from './types/type.ts';
export { jsonOfValue, valueOfJson } from './values/json.ts';
export { lazyMap } from './values/lazy-map.ts';
export type { Value, ValueMap } from './values/value.ts';
