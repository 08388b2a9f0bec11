import { type CompiledRules, compileRules } from './compile/rules.ts';
import { ruleSources } from './fields/catalog.ts';
import { bareContext, type FieldContext } from './fields/context.ts';
import type { RuleFault } from './rules/fault.ts';
import { type LoadedRules, loadRules, type RuleText } from './rules/load.ts';

/** Rules loaded, checked and compiled, with all that is wrong or doubtful in their files. */
export interface RuleSet {
  readonly loaded: LoadedRules;
  readonly compiled: CompiledRules;
  readonly faults: readonly RuleFault[];
}

/** Reads files of rules in order, as if they were one. What has an error is left out and told; the rest can be asked. */
export function readRuleSet(files: readonly RuleText[], context: FieldContext = bareContext): RuleSet {
  const loaded = loadRules(files, ruleSources);
  const compiled = compileRules(loaded, context);
  return { loaded, compiled, faults: [...loaded.faults, ...compiled.faults] };
}
