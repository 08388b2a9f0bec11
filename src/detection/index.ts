export {
  DetectionEngine,
  type EngineOptions,
  type EngineStatistics,
  type RuleSelection,
} from './engine/engine.ts';
export { type RuleTest, testRules } from './examples/test-rules.ts';
export { auditCatalog, syscallCatalog } from './fields/catalog.ts';
export { bareContext, type FieldContext, type UserAccount } from './fields/context.ts';
export { globMatcher } from './matching/glob.ts';
export { type Alert, alertJson, alertLine } from './output/alert.ts';
export { type RuleAbout, readAbout } from './pack/about.ts';
export { ownRules } from './pack/content.ts';
export { unifiedDifference } from './reading/difference.ts';
export { attackOf, explainRule } from './reading/explain.ts';
export { type Migration, migrateRules } from './reading/migrate.ts';
export { type RuleSet, readRuleSet } from './rule-set.ts';
export { describeFault, type RuleFault } from './rules/fault.ts';
export type { RuleText } from './rules/load.ts';
export { type Priority, priorities } from './rules/priority.ts';
