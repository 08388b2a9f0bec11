export { type Cause, type ExplainOptions, type Explanation, explainExpression } from './explain.ts';
