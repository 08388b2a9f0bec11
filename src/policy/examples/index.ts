/** Policies are tested by the examples beside them. */
export { type ExampleResult, type PolicyTest, testPolicies } from './examples.ts';
